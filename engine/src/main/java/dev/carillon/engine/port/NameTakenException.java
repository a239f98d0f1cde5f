package dev.carillon.engine.port;

/** Another one has the name, which only one can have. */
public final class NameTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NameTakenException(String name) {
    super("The name " + name + " is taken. Choose another one.");
  }
}
