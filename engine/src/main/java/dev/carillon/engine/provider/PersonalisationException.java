package dev.carillon.engine.provider;

/** The content cannot be filled for a person; the message says what failed, without the data. */
public final class PersonalisationException extends Exception {
  private static final long serialVersionUID = 1L;

  public PersonalisationException(String message) {
    super(message);
  }
}
