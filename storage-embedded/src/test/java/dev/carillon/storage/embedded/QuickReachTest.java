package dev.carillon.storage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.audience.QuickReach;
import dev.carillon.engine.audience.QuickReach.Count;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.facts.Entry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** About how many people a rule means, and when it is said exactly. */
class QuickReachTest {
  private static final int PEOPLE = 20_000;
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Evaluation EVALUATION = new Evaluation(AT, ZoneOffset.UTC);
  private static final Rule IN_PUNE =
      new Rule.OfProperty(new PropertyCondition("city", Operator.EQUALS, new Value.Text("Pune")));

  @TempDir private Path folder;
  private EmbeddedFactStore store;

  @BeforeEach
  void open() {
    store = EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256));
    List<Entry> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      Identity identity = Identity.user("user" + i);
      String properties =
          "{\"city\":\""
              + (i % 4 == 0 ? "Pune" : "Oslo")
              + "\",\"Phone\":\"+91"
              + (9_800_000_000L + i)
              + "\"}";
      people.add(
          new Entry.OfProfile(new ProfileChange(identity, identity.key(), properties, AT, AT)));
    }
    store.append(people);
    store.settle();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aFewAreCounted() {
    Count count = new QuickReach(store, store, PEOPLE + 1).count(IN_PUNE, EVALUATION);
    assertThat(count.exact()).isTrue();
    assertThat(count.reach().total()).isEqualTo(PEOPLE / 4);
  }

  @Test
  void ofManyASampleSaysAboutHowMany() {
    Count count = new QuickReach(store, store, PEOPLE).count(IN_PUNE, EVALUATION);
    assertThat(count.exact()).isFalse();
    Reach reach = count.reach();
    assertThat(reach.total()).isPositive().isBetween(PEOPLE / 6L, PEOPLE / 3L);
    assertThat(reach.total() % 50).isZero();
    assertThat(reach.reachable()).containsEntry(Channel.WHATSAPP, reach.total());
    Rule never = new Rule.DidNot("Charged", new Period.Ever(), List.of());
    assertThat(new QuickReach(store, store, PEOPLE).count(never, EVALUATION).reach().total())
        .isBetween(PEOPLE * 3L / 4, PEOPLE * 5L / 4);
  }

  @Test
  void aRuleThatDrawsPeopleItselfIsCounted() {
    Rule drawn = new Rule.All(List.of(IN_PUNE, new Rule.Not(new Rule.Bucket(0, 49))));
    Count count = new QuickReach(store, store, PEOPLE).count(drawn, EVALUATION);
    assertThat(count.exact()).isTrue();
    assertThat(count.reach()).isEqualTo(store.estimate(drawn, EVALUATION));
  }
}
