package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.GraphError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a business within what its number may send. Thread-safe. */
final class Limiter {

  private final Map<String, RateGate> numbers = new ConcurrentHashMap<>();
  private final Map<String, RateGate> pairs = new ConcurrentHashMap<>();
  private final Map<String, Instant> windows = new ConcurrentHashMap<>();
  private volatile WhatsAppLimits limits;

  Limiter(WhatsAppLimits limits) {
    this.limits = limits;
  }

  WhatsAppLimits limits() {
    return limits;
  }

  /** Changes the limits; what was sent before no longer counts against them. */
  void change(WhatsAppLimits changed) {
    limits = changed;
    numbers.clear();
    pairs.clear();
  }

  void reset() {
    change(limits);
    windows.clear();
  }

  /** The throughput of the whole number. */
  Optional<GraphError> throughput(String phoneNumberId, Instant now) {
    int rate = limits.messagesPerSecond();
    if (rate == 0) {
      return Optional.empty();
    }
    RateGate gate =
        numbers.computeIfAbsent(
            phoneNumberId, id -> new RateGate(rate, Duration.ofNanos(1_000_000_000L / rate)));
    return gate.pass(now) ? Optional.empty() : Optional.of(GraphError.of(130429));
  }

  /** The rate at which one person may be written to. */
  Optional<GraphError> pair(String phoneNumberId, String waId, Instant now) {
    int burst = limits.pairBurst();
    if (burst == 0) {
      return Optional.empty();
    }
    RateGate gate =
        pairs.computeIfAbsent(
            phoneNumberId + "/" + waId, pair -> new RateGate(burst, limits.pairInterval()));
    return gate.pass(now) ? Optional.empty() : Optional.of(GraphError.of(131056));
  }

  /** Notes that a person wrote, which opens the window for free text. */
  void personWrote(String phoneNumberId, String waId, Instant at) {
    windows.merge(
        phoneNumberId + "/" + waId, at, (old, latest) -> old.isAfter(latest) ? old : latest);
  }

  boolean windowOpen(String phoneNumberId, String waId, Instant now) {
    Instant wrote = windows.get(phoneNumberId + "/" + waId);
    return wrote != null && now.isBefore(wrote.plus(limits.serviceWindow()));
  }
}
