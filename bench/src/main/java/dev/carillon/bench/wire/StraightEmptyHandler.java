package dev.carillon.bench.wire;

import dev.carillon.server.ingest.SelfAuthenticating;

/** An empty handler that is reached as the hooks are, past the framework's filters. */
public final class StraightEmptyHandler extends EmptyHandler implements SelfAuthenticating {
  private static final long serialVersionUID = 1L;
}
