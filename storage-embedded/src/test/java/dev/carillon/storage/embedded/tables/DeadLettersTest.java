package dev.carillon.storage.embedded.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.RetryResult;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.embedded.crash.Awaiting;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactSchema;
import dev.carillon.storage.embedded.journal.EntryCodec;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that cannot be applied: kept, listed, applied again once, and never too many. */
class DeadLettersTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final String REFUSING =
      "CREATE TABLE consent (channel VARCHAR, address VARCHAR CHECK (address NOT LIKE '666%'),"
          + " subscribed BOOLEAN, \"at\" TIMESTAMP)";

  @TempDir private Path folder;

  private EmbeddedFactStore open() {
    return open(AT);
  }

  private EmbeddedFactStore open(Instant now) {
    return EmbeddedFactStore.open(
        FactStoreSettings.in(folder).withMemoryMegabytes(256).withClock(InstantSource.fixed(now)));
  }

  private static Entry consent(String address) {
    return new Entry.Consent(Channel.SMS, address, true, AT);
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("facts.duckdb"));
  }

  /** The database takes what it refused. */
  private void acceptFromNowOn() throws SQLException {
    sql(
        "CREATE TABLE taken AS FROM consent",
        "DROP TABLE consent",
        "ALTER TABLE taken RENAME TO consent");
  }

  private long consents(String address) throws SQLException {
    try (DuckDatabase database = new DuckDatabase(folder, 256, 2);
        DuckSession session = database.session()) {
      return session.number("SELECT count(*) FROM consent WHERE address = ?", address);
    }
  }

  @Test
  void isListedWithoutDataAndAppliedAgainOnce() throws SQLException {
    sql(REFUSING);
    try (EmbeddedFactStore store = open()) {
      store.append(List.of(consent("491"), consent("666123456"), consent("492")));
      store.settle();
      DeadLetter letter = store.deadLetters(0, 10).getFirst();
      assertThat(letter.kind()).isEqualTo("consent");
      assertThat(letter.receivedAt()).isEqualTo(AT);
      assertThat(letter.reason()).contains("CHECK constraint failed").doesNotContain("666");
      assertThat(store.deadLetters(letter.id(), 10)).isEmpty();

      assertThat(store.retryDeadLetters()).isEqualTo(new RetryResult(0, 1));
      assertThat(store.deadLetters(0, 10)).containsExactly(letter);
      assertThat(store.deadLetters()).isEqualTo(1);
    }
    acceptFromNowOn();
    try (EmbeddedFactStore store = open()) {
      long id = store.deadLetters(0, 1).getFirst().id();
      store.append(
          List.of(new Entry.DeadLetterRetry(id), consent("493"), new Entry.DeadLetterRetry(id)));
      store.append(List.of(new Entry.DeadLetterRetry(id), new Entry.DeadLetterRetry(99)));
      assertThat(store.retryDeadLetters()).isEqualTo(new RetryResult(0, 0));
      assertThat(store.deadLetters()).isZero();
      assertThat(store.problem()).isEmpty();
    }
    assertThat(consents("666123456")).isEqualTo(1);
    assertThat(consents("493")).isEqualTo(1);
  }

  @Test
  void manyInARowAreTheProgramsFaultAndNothingMoreIsPutAway() throws SQLException {
    sql(REFUSING);
    int more = DeadLetters.MOST_IN_A_ROW + 10;
    try (EmbeddedFactStore store = open()) {
      ArrayList<Entry> entries = new ArrayList<>();
      for (int i = 0; i < more; i++) {
        entries.add(consent("666" + i));
      }
      store.append(entries);
      Awaiting.until(() -> store.problem().isPresent());
      assertThat(store.problem().orElseThrow())
          .contains("20 entries in a row", "defect", "nothing is lost")
          .doesNotContain("6661");
      assertThatThrownBy(store::settle).isInstanceOf(StoreUnavailableException.class);
      assertThat(store.deadLetters()).isEqualTo(DeadLetters.MOST_IN_A_ROW);
      store.append(List.of(consent("491")));
    }
    acceptFromNowOn();
    try (EmbeddedFactStore store = open()) {
      store.settle();
      assertThat(store.retryDeadLetters()).isEqualTo(new RetryResult(DeadLetters.MOST_IN_A_ROW, 0));
    }
    for (int i = 0; i < more; i++) {
      assertThat(consents("666" + i)).isEqualTo(1);
    }
    assertThat(consents("491")).isEqualTo(1);
  }

  @Test
  void manyThatComeBackDoNotHoldUpAnything() throws SQLException {
    sql(REFUSING);
    int letters = DeadLetters.MOST_IN_A_ROW + 5;
    try (EmbeddedFactStore store = open()) {
      for (int i = 0; i < letters; i++) {
        store.append(List.of(consent("666" + i), consent("49" + i)));
      }
      store.settle();
      assertThat(store.deadLetters()).isEqualTo(letters);
      assertThat(store.retryDeadLetters()).isEqualTo(new RetryResult(0, letters));
      assertThat(store.deadLetters()).isEqualTo(letters);
      assertThat(store.problem()).isEmpty();
    }
  }

  /** What is found out about an event only when its time has come. */
  @Test
  void anEventDatedAheadHoldsUpNothingAtItsTime() throws SQLException {
    Identity ann = Identity.user("ann");
    Goal goal = new Goal("Charged", List.of(), Duration.ofDays(2), "Amount");
    Instant then = AT.plusSeconds(3_600);
    try (EmbeddedFactStore store = open(AT)) {
      store.append(
          List.of(
              new Entry.OfProfile(
                  new ProfileChange(ann, ann.key(), "{\"Phone\":\"+919876543210\"}", AT, AT))));
      store.plan(
          PlanOrderBuilder.of(1, 1, new Evaluation(AT, ZoneOffset.UTC)).aiming(goal).order());
      store.append(
          List.of(
              new Entry.OfFact(new Fact(1, 0, FactKind.ATTEMPTED, "1", null, AT, AT, null, 0))));
      for (int i = 0; i < 5; i++) {
        store.append(
            List.of(
                new Entry.OfEvent(
                    new UserEvent(ann, ann.key(), "Charged", "{\"Amount\":1}", i, then, AT))));
      }
      store.settle();
    }
    sql("UPDATE event SET properties = '{\"Amount\"' WHERE event_id = 3");

    try (EmbeddedFactStore store = open(then)) {
      store.append(List.of(consent("491")));
      store.settle();
      assertThat(store.life(new MessageRef(1, 0)).orElseThrow().goalEvents())
          .extracting(GoalEvent::eventId)
          .containsExactlyInAnyOrder(0L, 1L, 2L, 4L);
      DeadLetter letter = store.deadLetters(0, 10).getFirst();
      assertThat(letter.kind()).isEqualTo("event");
      assertThat(letter.receivedAt()).isEqualTo(AT);
      assertThat(store.deadLetters()).isEqualTo(1);
      assertThat(store.problem()).isEmpty();
    }
    assertThat(consents("491")).isEqualTo(1);
  }

  /** As the table was called before. */
  @Test
  void thoseOfAnOlderFolderAreCarriedOver() throws SQLException {
    try (Connection connection = connection()) {
      FactSchema.create(connection, FactSchema.MIGRATIONS.subList(0, 2));
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO set_aside VALUES (7, 'for a reason', ?)")) {
        insert.setBytes(1, EntryCodec.encode(List.of(consent("491"))));
        insert.execute();
      }
    }
    for (int opened = 0; opened < 2; opened++) {
      try (EmbeddedFactStore store = open()) {
        assertThat(store.deadLetters()).isEqualTo(1);
        assertThat(store.deadLetters(0, 10))
            .extracting(DeadLetter::reason)
            .containsExactly("for a reason");
      }
    }
    try (EmbeddedFactStore store = open()) {
      assertThat(store.retryDeadLetters()).isEqualTo(new RetryResult(1, 0));
    }
    assertThat(consents("491")).isEqualTo(1);
  }
}
