package dev.carillon.server.settings;

/** Why the program cannot start, in words for the one who started it. */
public final class StartupProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupProblem(String words) {
    super(words);
  }

  public StartupProblem(String words, Throwable cause) {
    super(words, cause);
  }
}
