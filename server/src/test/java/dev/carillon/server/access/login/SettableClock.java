package dev.carillon.server.access.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when it is set. */
public final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-11-20T10:15:30Z");

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }
}
