package dev.carillon.engine.connection;

import dev.carillon.engine.provider.Provider.Problem;
import java.util.List;

/**
 * A change would send secrets that are kept to a server that they were not entered for; its
 * problems name those that must be entered in the same change.
 */
public final class SecretsNeededException extends ConnectionProblemsException {
  private static final long serialVersionUID = 1L;

  SecretsNeededException(List<Problem> problems) {
    super(problems);
  }
}
