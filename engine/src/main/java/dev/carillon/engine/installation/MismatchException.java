package dev.carillon.engine.installation;

/** Metadata and facts are of different moments, or of different installations. */
public final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MismatchException(String words) {
    super(words);
  }
}
