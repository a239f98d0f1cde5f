package dev.carillon.server.ingest;

import java.io.IOException;

/** A body that is not taken, with the answer to give. */
public final class RefusedBodyException extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;

  RefusedBodyException(int status, String code, String words) {
    super(words);
    this.status = status;
    this.code = code;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String words() {
    String message = getMessage();
    return message == null ? code : message;
  }
}
