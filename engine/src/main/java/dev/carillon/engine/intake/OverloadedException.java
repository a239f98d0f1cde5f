package dev.carillon.engine.intake;

/** More is waiting to be kept than may wait; nothing of this request was kept. Try again soon. */
public final class OverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OverloadedException() {
    super("too much is waiting to be written", null, false, false);
  }
}
