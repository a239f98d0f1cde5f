package dev.carillon.storage.embedded.duckdb;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The store's resolution of time: microseconds since 1970. */
public final class Micros {
  private Micros() {}

  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
  }

  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The start of the whole second. */
  public static long second(long micros) {
    return Math.floorDiv(micros, 1_000_000L) * 1_000_000L;
  }
}
