package dev.carillon.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.testkit.SettableTime;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what lies ahead is kept back, and nothing of it stays. */
class EventsAheadTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Identity ANN = Identity.user("ann");
  private static final Identity BOB = Identity.user("bob");

  private final SettableTime clock = new SettableTime(NOW);

  @TempDir private Path folder;

  @Test
  void keepsBackWhatIsDatedAheadUntilItsTimeOrTheDeletionOfTheUser() throws SQLException {
    try (EmbeddedFactStore store = open()) {
      store.append(
          List.of(
              event(ANN, 1, NOW.minusSeconds(1)),
              event(ANN, 2, NOW),
              event(ANN, 3, NOW.plusSeconds(1)),
              event(ANN, 4, NOW.plusSeconds(60)),
              event(BOB, 5, NOW.plusSeconds(60))));
      store.settle();
    }
    assertThat(suppressedMessages()).containsExactly(3L, 4L, 5L);

    clock.set(NOW.plusSeconds(10));
    try (EmbeddedFactStore store = open()) {
      store.settle();
      store.append(List.of(new Entry.Erasure(ANN, clock.instant())));
      store.settle();
    }
    assertThat(suppressedMessages()).containsExactly(5L);

    clock.set(NOW.plusSeconds(60));
    try (EmbeddedFactStore store = open()) {
      store.settle();
    }
    assertThat(suppressedMessages()).isEmpty();
  }

  @Test
  void keepsBackTheOneThatTakesAnothersPlace() throws SQLException {
    try (EmbeddedFactStore store = open()) {
      store.append(List.of(event(ANN, 1, NOW.plusSeconds(60), false)));
      store.settle();
      store.append(List.of(event(ANN, 1, NOW.plusSeconds(60))));
      store.settle();
    }
    assertThat(suppressedMessages()).containsExactly(1L);
  }

  private static Entry event(Identity user, int id, Instant at) {
    return event(user, id, at, true);
  }

  private static Entry event(Identity user, int id, Instant at, boolean trusted) {
    return new Entry.OfEvent(new UserEvent(user, user.key(), "Booked", "{}", id, at, NOW, trusted));
  }

  private EmbeddedFactStore open() {
    return EmbeddedFactStore.open(settings());
  }

  private FactStoreSettings settings() {
    return FactStoreSettings.in(folder).withMemoryMegabytes(256).withClock(clock);
  }

  /** By their ids; an id of 0 is of an event that is not there. */
  private List<Long> suppressedMessages() throws SQLException {
    try (DuckDatabase database = settings().openDatabase();
        DuckSession session = database.session()) {
      return session.list(
          """
          SELECT COALESCE(e.event_id, 0) FROM event_ahead a LEFT JOIN event e ON e.pos = a.pos
          ORDER BY 1\
          """,
          row -> row.getLong(1));
    }
  }
}
