package dev.carillon.server.connector;

import java.net.SocketTimeoutException;

/** A request comes too slowly. Tomcat treats it as a silence that lasted too long. */
final class SlowRequestException extends SocketTimeoutException {
  private static final long serialVersionUID = 1L;

  SlowRequestException() {
    super("the request comes too slowly");
  }
}
