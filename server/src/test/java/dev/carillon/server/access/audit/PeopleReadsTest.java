package dev.carillon.server.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.PeopleReads.Kind;
import dev.carillon.server.access.login.SettableClock;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who reads people is recorded, in few entries and without making anybody wait. */
class PeopleReadsTest {
  private static final Actor MEERA = Actor.login("meera");
  private static final Actor PROGRAM = Actor.apiKey(3, "crm");

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private SqliteMetadataStore store;
  private PeopleReads reads;

  @BeforeEach
  void start() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    reads = new PeopleReads(new AuditLog(store, clock), clock);
    act(MEERA);
  }

  @AfterEach
  void stop() {
    SecurityContextHolder.clearContext();
    reads.close();
    store.close();
  }

  private static void act(Actor actor) {
    SecurityContextHolder.getContext()
        .setAuthentication(new Caller(actor, EnumSet.of(Scope.PEOPLE_READ)).authentication());
  }

  private List<String> log() {
    reads.settle();
    return store.auditLog(1_000).reversed().stream()
        .map(
            entry ->
                String.join(
                    " | ",
                    entry.who().name(),
                    entry.action(),
                    entry.subject(),
                    String.valueOf(entry.detail())))
        .toList();
  }

  @Test
  void eachSortOfReadIsAnEntry() {
    reads.note(Kind.SEARCH, 12);
    reads.note(Kind.PERSON, 1);
    reads.note(Kind.SEGMENT, "4", "", 50);
    reads.note(Kind.LIST_ROWS, "2", "", 1);
    reads.noteBehind(7, new ReportSet.Counted(Measure.DELIVERED), 100);
    act(PROGRAM);
    reads.note(Kind.PERSON, 1);

    assertThat(log())
        .containsExactly(
            "meera | people.search |  | 12 people",
            "meera | people.read |  | 1 person",
            "meera | people.segment | 4 | 50 people",
            "meera | people.listRows | 2 | 1 row",
            "meera | people.behindNumber | 7 | delivered: 100 people",
            "crm | people.read |  | 1 person");
    assertThat(store.auditLog(1).getFirst().who()).isEqualTo(PROGRAM);
  }

  @Test
  void whatIsRepeatedMakesOneMoreEntry() {
    for (int second = 0; second < 299; second++) {
      reads.note(Kind.BEHIND, "7", "delivered", 2);
      assertThat(log()).hasSize(1);
      clock.pass(Duration.ofSeconds(1));
    }
    clock.pass(PeopleReads.TOGETHER);

    assertThat(log())
        .containsExactly(
            "meera | people.behindNumber | 7 | delivered: 2 people",
            "meera | people.behindNumber | 7 | delivered: 596 people in 298 reads");
    assertThat(store.auditLog(2).getFirst().at())
        .isEqualTo(store.auditLog(2).getLast().at().plusSeconds(1));

    reads.note(Kind.BEHIND, "7", "delivered", 2);
    assertThat(log()).hasSize(3);
  }

  @Test
  void nothingThatWasReadIsLostWhenTheServerEnds() {
    reads.note(Kind.PERSON, 1);
    reads.settle();
    reads.note(Kind.PERSON, 1);
    reads.note(Kind.PERSON, 1);
    reads.close();
    assertThat(log())
        .containsExactly(
            "meera | people.read |  | 1 person", "meera | people.read |  | 2 people in 2 reads");
    reads.note(Kind.PERSON, 1);
    assertThat(log()).hasSize(3);
  }

  @Test
  void whatSomebodyTypedIsNotRecorded() {
    reads.noteBehind(7, new ReportSet.ErrorCode("+919812345678"), 0);
    reads.noteBehind(7, new ReportSet.ErrorCode("131026"), 3);
    reads.noteCount(condition("Email"), 1);
    reads.noteCount(condition("City"), 1);
    assertThat(log())
        .containsExactly(
            "meera | people.behindNumber | 7 | error: 0 people",
            "meera | people.behindNumber | 7 | error:131026: 3 people",
            "meera | people.count |  | 1 person");
  }

  private static Rule condition(String property) {
    return new Rule.OfProperty(
        new PropertyCondition(property, Operator.EQUALS, new Value.Text("somebody")));
  }

  /** A read that waited would fail here, when the store gives up. */
  @Test
  void readingDoesNotWaitForTheDisk() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("metadata.db"));
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      for (int i = 0; i < 1_000; i++) {
        reads.note(Kind.SEGMENT, Integer.toString(i), "", 1);
      }
      statement.execute("rollback");
    }
    assertThat(log()).hasSize(1_000);
  }
}
