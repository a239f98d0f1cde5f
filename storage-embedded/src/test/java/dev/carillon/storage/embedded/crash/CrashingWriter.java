package dev.carillon.storage.embedded.crash;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that appends as fast as it can until it is killed, and prints each number that was
 * acknowledged. Each append holds an event and a fact with that number.
 */
final class CrashingWriter {
  private static final int THREADS = 4;
  private static final int USERS = 50;
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private CrashingWriter() {}

  static FactStoreSettings settings(Path folder) {
    return FactStoreSettings.in(folder)
        .withMemoryMegabytes(256)
        .withSegmentBytes(32 << 10)
        .withBatchEntries(300);
  }

  public static void main(String[] arguments) {
    EmbeddedFactStore store = EmbeddedFactStore.open(settings(Path.of(arguments[0])));
    AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[1]));
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform()
          .start(
              () -> {
                while (true) {
                  int number = next.getAndIncrement();
                  store.append(entries(number));
                  acknowledge(number);
                }
              });
    }
  }

  private static synchronized void acknowledge(int number) {
    System.out.println(number);
    System.out.flush();
  }

  private static List<Entry> entries(int number) {
    Identity user = Identity.user("user" + number % USERS);
    return List.of(
        new Entry.OfEvent(
            new UserEvent(user, user.key(), "Counted", "{}", number, AT.plusSeconds(number), AT)),
        new Entry.OfFact(new Fact(1, number, FactKind.VIEWED, null, null, AT, AT, null, 0)));
  }
}
