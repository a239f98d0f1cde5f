package dev.carillon.server.ingest;

import dev.carillon.engine.intake.Sender;
import java.util.Optional;

/** Finds out who sends data in. Thread-safe. */
@FunctionalInterface
public interface KeyCheck {

  /** Whose API key this is; empty when it is none, or may not send data in. */
  Optional<Sender> sender(String key);
}
