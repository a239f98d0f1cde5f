package dev.carillon.engine.connection;

/** Encrypts what must not lie readable in a database. Thread-safe. */
public interface Seal {

  /**
   * Encrypts.
   *
   * @param context what the secret belongs to; opening it under another context fails
   */
  byte[] seal(byte[] secret, String context);

  /**
   * Decrypts what {@link #seal} encrypted under the same context.
   *
   * @throws IllegalStateException when it was changed, or sealed under another key or context
   */
  byte[] open(byte[] sealed, String context);
}
