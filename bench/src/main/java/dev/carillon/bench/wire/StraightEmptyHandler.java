package dev.carillon.bench.wire;

import dev.carillon.server.ingest.SelfGuarded;

/** An empty handler that is reached as the hooks are, past the framework's filters. */
public final class StraightEmptyHandler extends EmptyHandler implements SelfGuarded {
  private static final long serialVersionUID = 1L;
}
