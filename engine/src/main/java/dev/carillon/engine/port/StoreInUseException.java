package dev.carillon.engine.port;

/** Another process, or another part of this one, has the store open. */
public final class StoreInUseException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  public StoreInUseException(String message) {
    super(message);
  }
}
