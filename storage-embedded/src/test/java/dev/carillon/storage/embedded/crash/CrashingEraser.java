package dev.carillon.storage.embedded.crash;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A process that makes users known and deletes every other one of them until it is killed, and
 * prints the number of each user with whom it is done.
 */
final class CrashingEraser {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private CrashingEraser() {}

  static Identity user(int number) {
    return Identity.user("user-" + number);
  }

  static boolean isDeleted(int number) {
    return number % 2 == 0;
  }

  static List<Entry> known(int number) {
    Identity user = user(number);
    return List.of(
        new Entry.OfProfile(
            new ProfileChange(user, user.key(), "{\"Name\":\"user-" + number + "\"}", AT, AT)),
        new Entry.OfEvent(new UserEvent(user, user.key(), "Counted", "{}", number, AT, AT)));
  }

  public static void main(String[] arguments) {
    EmbeddedFactStore store =
        EmbeddedFactStore.open(CrashingWriter.settings(Path.of(arguments[0])));
    for (int number = Integer.parseInt(arguments[1]); ; number++) {
      store.append(known(number));
      if (isDeleted(number)) {
        store.append(List.of(new Entry.Erasure(user(number), AT.plusSeconds(1))));
        store.append(known(number));
      }
      System.out.println(number);
      System.out.flush();
    }
  }
}
