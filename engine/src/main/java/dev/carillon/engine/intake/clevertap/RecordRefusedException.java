package dev.carillon.engine.intake.clevertap;

import dev.carillon.engine.intake.RecordError;

/** One record cannot be taken; the others can. */
public final class RecordRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RecordError error;

  public RecordRefusedException(int code, String words) {
    this(new RecordError(code, words));
  }

  public RecordRefusedException(RecordError error) {
    super(error.words(), null, false, false);
    this.error = error;
  }

  public RecordError error() {
    return error;
  }
}
