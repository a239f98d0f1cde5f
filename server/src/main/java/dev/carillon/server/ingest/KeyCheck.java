package dev.carillon.server.ingest;

/** Whether an API key may send data in. */
@FunctionalInterface
public interface KeyCheck {
  boolean mayWrite(String key);
}
