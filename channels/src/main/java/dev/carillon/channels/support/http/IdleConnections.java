package dev.carillon.channels.support.http;

/**
 * How long the JDK's HTTP client keeps unused connections. It knows these settings for the whole
 * process only and reads them with the first client that is made, so a program says so before it
 * does anything else. What the command line sets is left alone.
 */
public final class IdleConnections {
  /**
   * Some servers close an idle connection after five seconds, and a request written to one that is
   * just being closed would have an unknown fate. The client looks only every three seconds, so a
   * connection lives four at most.
   */
  private static final int SECONDS = 1;

  /** A server that closes an HTTP/2 connection says which requests it has not looked at. */
  private static final int HTTP_2_SECONDS = 300;

  private IdleConnections() {}

  /** Limits them for clients of this process, if none has been made yet. */
  public static void limit() {
    set("jdk.httpclient.keepalive.timeout", SECONDS);
    set("jdk.httpclient.keepalive.timeout.h2", HTTP_2_SECONDS);
  }

  private static void set(String property, int seconds) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, Integer.toString(seconds));
    }
  }
}
