package dev.carillon.engine.intake;

/** One record cannot be taken; the others can. */
final class RecordRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RecordError error;

  RecordRefusedException(int code, String words) {
    this(new RecordError(code, words));
  }

  RecordRefusedException(RecordError error) {
    super(error.words(), null, false, false);
    this.error = error;
  }

  RecordError error() {
    return error;
  }
}
