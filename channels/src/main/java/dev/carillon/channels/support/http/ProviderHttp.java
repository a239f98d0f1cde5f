package dev.carillon.channels.support.http;

import dev.carillon.engine.health.ProcessHealth;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Calls one provider over HTTP, bounded in time and size, and distinguishes requests that cannot
 * have arrived from those that may have. It follows no redirects and never repeats a POST (the
 * JDK's client repeats a GET whose connection closed). Thread-safe; callers are expected to be
 * virtual threads and simply wait.
 */
public final class ProviderHttp implements AutoCloseable {

  /**
   * @param connect how long to wait for a connection
   * @param call how long to wait for the whole answer, the connection included; more than connect
   * @param answerBytes the longest answer that is read
   */
  public record Limits(Duration connect, Duration call, int answerBytes) {}

  private final Limits limits;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client;
  private final Deadlines deadlines;

  /**
   * @param http2 whether to speak HTTP/2 where the provider does, and HTTP/1.1 otherwise
   * @param health notified when calls cannot be ended in time
   */
  public ProviderHttp(Limits limits, boolean http2, ProcessHealth health) {
    IdleConnections.limit();
    this.limits = limits;
    this.deadlines = new Deadlines(limits.call(), health);
    this.client =
        HttpClient.newBuilder()
            .version(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(executor)
            .build();
  }

  /**
   * Calls once and waits for the outcome. Never throws; an interrupted thread stays interrupted.
   */
  public HttpOutcome call(HttpRequest request) {
    if (Thread.currentThread().isInterrupted()) {
      return new HttpOutcome.NotSent("stopped before the call");
    }
    Deadlines.Running running = deadlines.watch(Thread.currentThread());
    try {
      HttpResponse<byte[]> answer =
          client.send(
              request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytes()));
      return new HttpOutcome.Answered(answer.statusCode(), answer.headers(), answer.body());
    } catch (InterruptedException | IOException | RuntimeException e) {
      if (running.end()) {
        return new HttpOutcome.NoAnswer("no answer within " + limits.call().toSeconds() + " s");
      }
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        return new HttpOutcome.NoAnswer("stopped while waiting for the answer");
      }
      return failed(e);
    } finally {
      running.end();
    }
  }

  private HttpOutcome failed(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String words = beforeAnyByte(cause);
      if (words != null) {
        return new HttpOutcome.NotSent(words);
      }
    }
    return new HttpOutcome.NoAnswer(
        failure instanceof IOException && failure.getMessage() != null
            ? "the connection broke: " + failure.getMessage()
            : "the connection broke");
  }

  /** Words for a failure that comes before the request is written; null for any other. */
  private @Nullable String beforeAnyByte(Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          "no connection within " + limits.connect().toSeconds() + " s";
      case UnresolvedAddressException _ -> "the host's name is not known";
      case UnknownHostException _ -> "the host's name is not known";
      case NoRouteToHostException _ -> "there is no route to the host";
      case ConnectException _ -> "the host refused the connection";
      case SSLHandshakeException _ -> "no secure connection: " + cause.getMessage();
      case CertificateException _ -> "no secure connection: " + cause.getMessage();
      case SSLException _ when saysPlainText(cause) -> "the host does not speak TLS on this port";
      default -> null;
    };
  }

  /** A server that answers a TLS greeting in plain text never got to see the request. */
  private static boolean saysPlainText(Throwable cause) {
    String message = cause.getMessage();
    return message != null && message.contains("SSL message");
  }

  /** Waits for the calls that are under way, then lets the connections go. */
  @Override
  public void close() {
    client.close();
    executor.close();
    deadlines.close();
  }
}
