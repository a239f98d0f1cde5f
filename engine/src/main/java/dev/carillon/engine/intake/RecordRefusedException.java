package dev.carillon.engine.intake;

/** One record cannot be taken; the others can. */
final class RecordRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient RecordError error;

  RecordRefusedException(int code, String words) {
    super(words, null, false, false);
    this.error = new RecordError(code, words);
  }

  RecordError error() {
    return error;
  }
}
