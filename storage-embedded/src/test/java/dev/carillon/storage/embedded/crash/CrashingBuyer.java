package dev.carillon.storage.embedded.crash;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process in which a user buys, ahead of time, as fast as it can be kept until it is killed; it
 * prints the number of each purchase that was acknowledged. Time runs a minute a purchase.
 */
final class CrashingBuyer {
  static final Identity BUYER = Identity.user("buyer");
  static final Instant BEGINNING = Instant.parse("2026-11-20T10:00:00Z");

  /** How long before its time each purchase is received: many are due while others come. */
  private static final Duration AHEAD = Duration.ofHours(5);

  private CrashingBuyer() {}

  static FactStoreSettings settings(Path folder, InstantSource clock) {
    return CrashingWriter.settings(folder).withClock(clock);
  }

  /** When a purchase is received. */
  static Instant receivedAt(int number) {
    return BEGINNING.plus(Duration.ofMinutes(number));
  }

  static Instant at(int number) {
    return receivedAt(number).plus(AHEAD);
  }

  public static void main(String[] arguments) {
    AtomicInteger number = new AtomicInteger(Integer.parseInt(arguments[1]));
    EmbeddedFactStore store =
        EmbeddedFactStore.open(settings(Path.of(arguments[0]), () -> receivedAt(number.get())));
    for (; ; number.incrementAndGet()) {
      int id = number.get();
      store.append(
          List.of(
              new Entry.OfEvent(
                  new UserEvent(BUYER, BUYER.key(), "Charged", "{}", id, at(id), receivedAt(id)))));
      System.out.println(id);
      System.out.flush();
    }
  }
}
