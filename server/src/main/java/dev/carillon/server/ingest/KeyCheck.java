package dev.carillon.server.ingest;

import dev.carillon.engine.intake.Sender;
import java.util.Optional;

/** Finds the sender of data. Thread-safe. */
@FunctionalInterface
public interface KeyCheck {

  /** Whose API key this is; empty when it is none, or may not send data in. */
  Optional<Sender> sender(String key);
}
