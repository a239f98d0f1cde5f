package dev.carillon.engine.connection;

import dev.carillon.engine.provider.Provider.Problem;
import java.util.List;

/** A connection cannot be set up as asked; says what is wrong with each field. */
public sealed class ConnectionProblemsException extends RuntimeException
    permits SecretsNeededException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  ConnectionProblemsException(List<Problem> problems) {
    super("a connection has problems", null, false, false);
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
