package dev.carillon.engine.intake;

/** A body cannot be read as a whole; nothing of it was taken. The message says where and why. */
public final class MalformedBodyException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedBodyException(String message) {
    super(message, null, false, false);
  }
}
