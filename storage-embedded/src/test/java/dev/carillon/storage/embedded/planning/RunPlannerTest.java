package dev.carillon.storage.embedded.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.Draw;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.ledger.Recipients;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** What planning a run writes and returns. */
class RunPlannerTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Evaluation EVALUATION = new Evaluation(AT, ZoneOffset.UTC);
  private static final Rule EVERYONE = new Rule.Everyone();

  @TempDir private Path folder;
  private PlanningFixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new PlanningFixture(folder);
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
  }

  private PlannedRun plan(int campaign, int run, int percent, Rule who) {
    return fixture.plan(
        PlanOrderBuilder.of(campaign, run, EVALUATION).to(who).holdingOut(percent).order());
  }

  private Map<Long, String> suppressions(int campaign) throws SQLException {
    return fixture.texts(
        "SELECT user_key, coalesce(suppression, 'open') FROM message WHERE campaign = " + campaign);
  }

  @Test
  void eachUserIsSuppressedForTheFirstReasonThatApplies() throws SQLException {
    fixture.profile(1, "{}", null, 0);
    fixture.profile(2, "{}", "12", 2);
    fixture.profile(3, "{}", "913", 1);
    fixture.profile(4, "{}", "914", 1);
    fixture.profile(5, "{}", "915", 1);
    fixture.profile(6, "{}", "916", 1);
    fixture.profile(7, "{}", "917", 1);
    fixture.profile(8, "{}", "918", 1);
    fixture.profile(9, "{}", "913", 1);
    fixture.profile(10, "{}", "920", 1);
    fixture.profile(11, "{}", "920", 1);
    fixture.profile(12, "{}", "920", 1);
    fixture.profile(13, "{}", "915", 1);
    fixture.optOut("whatsapp", "user_key IN (3, 10)");
    fixture.optOut("sms", "user_key = 4");
    fixture.consent("whatsapp", "915", false, AT);
    fixture.consent("whatsapp", "916", false, AT);
    fixture.consent("whatsapp", "916", true, AT.plusSeconds(1));
    fixture.consent("whatsapp", "917", true, AT);
    fixture.consent("whatsapp", "917", false, AT);
    fixture.consent("sms", "918", false, AT);
    for (int percent : new int[] {0, 50}) {
      int campaign = percent + 1;
      PlannedRun run = plan(campaign, 1, percent, EVERYONE);
      assertThat(suppressions(campaign))
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry(1L, "noAddress"),
                  Map.entry(2L, "invalidAddress"),
                  Map.entry(3L, "unsubscribed"),
                  Map.entry(4L, "open"),
                  Map.entry(5L, "unsubscribed"),
                  Map.entry(6L, "open"),
                  Map.entry(7L, "unsubscribed"),
                  Map.entry(8L, "open"),
                  Map.entry(9L, "open"),
                  Map.entry(10L, "unsubscribed"),
                  Map.entry(11L, "open"),
                  Map.entry(12L, "duplicateAddress"),
                  Map.entry(13L, "unsubscribed")));
      assertThat(run.suppressed().keySet())
          .containsExactly(
              SuppressionReason.NO_ADDRESS,
              SuppressionReason.INVALID_ADDRESS,
              SuppressionReason.UNSUBSCRIBED,
              SuppressionReason.DUPLICATE_ADDRESS);
      assertThat(run.suppressed())
          .hasEntrySatisfying(
              SuppressionReason.UNSUBSCRIBED,
              messages -> assertThat(messages.getCardinality()).isEqualTo(5));
    }
  }

  @Test
  void usersOfEarlierRunsAreKnownByTheirFirstMessage() throws SQLException {
    fixture.people(1_000);
    Rule half = new Rule.Bucket(0, 49);
    PlannedRun first = plan(1, 1, 10, half);
    PlannedRun second = plan(1, 2, 10, EVERYONE);
    PlannedRun third = plan(1, 3, 10, EVERYONE);
    plan(2, 1, 0, EVERYONE);

    assertThat(first.recipients()).isEqualTo(Recipients.NONE);
    Map<Long, String> users =
        fixture.texts("SELECT seq, user_key::VARCHAR FROM message WHERE campaign = 1");
    Map<String, Integer> firsts = new TreeMap<>();
    users.forEach(
        (message, user) -> {
          int seq = Math.toIntExact(message);
          int expected = firsts.computeIfAbsent(user, any -> seq);
          assertThat(second.recipients().plus(third.recipients()).first(seq)).isEqualTo(expected);
        });
    assertThat(firsts).hasSize(1_000);
    assertThat(users).hasSizeGreaterThan(2_400);
  }

  /** More rows than one thread takes at a time, with up to a dozen users an address. */
  @Test
  void oneUserKeepsEachAddressInALargeAudienceToo() throws SQLException {
    fixture.people(300_000);
    fixture.execute(
        "UPDATE endpoint SET address = (910000000000 + hash(user_key) % 80000)::VARCHAR");
    fixture.optOut("whatsapp", "hash(user_key) % 7 = 0");
    plan(1, 1, 10, EVERYONE);
    assertThat(
            fixture.numbers(
                """
                WITH person AS (SELECT e.user_key, e.address, o.user_key IS NOT NULL AS refuses
                  FROM endpoint e LEFT JOIN opt_out o USING (user_key))
                SELECT m.user_key FROM message m JOIN person p USING (user_key)
                WHERE m.suppression IS DISTINCT FROM CASE WHEN p.refuses
                  THEN 'unsubscribed' WHEN EXISTS (SELECT 1 FROM person o
                    WHERE o.address = p.address AND NOT o.refuses
                      AND o.user_key < p.user_key) THEN 'duplicateAddress' END"""))
        .isEmpty();
    assertThat(fixture.numbers("SELECT count(DISTINCT seq) FROM message"))
        .containsExactly(300_000L);
  }

  /** A chunk of numbers is read without the others: DuckDB skips pieces of 122,880 rows. */
  @Test
  void messagesAreStoredInLargePiecesOfTheirNumbers() throws SQLException {
    fixture.people(500_000);
    plan(1, 1, 10, EVERYONE);
    plan(1, 2, 10, EVERYONE);
    assertThat(
            fixture.number(
                "SELECT count(*) FROM (SELECT seq <> lag(seq) OVER () + 1 AS begins FROM"
                    + " message) WHERE begins"))
        .isLessThan(12);
  }

  @Test
  void messagesAreNumberedWithoutGapsFromRunToRun() throws SQLException {
    fixture.people(5_000);
    PlannedRun first = plan(1, 1, 10, EVERYONE);
    PlannedRun second = plan(1, 2, 10, EVERYONE);
    PlannedRun other = plan(2, 1, 0, EVERYONE);
    assertThat(List.of(first.firstSeq(), first.count())).containsExactly(0, 5_000);
    assertThat(List.of(second.firstSeq(), second.count())).containsExactly(5_000, 5_000);
    assertThat(List.of(other.firstSeq(), other.count())).containsExactly(0, 5_000);
    assertThat(first.plannedAt()).isEqualTo(AT);
    assertThat(other.control().isEmpty()).isTrue();
    assertThat(fixture.numbers("SELECT DISTINCT seq FROM message WHERE campaign = 1"))
        .hasSize(10_000);
  }

  @Test
  void aRunIsPlannedOnce() throws SQLException {
    fixture.people(1_000);
    PlannedRun first = plan(1, 1, 10, EVERYONE);
    fixture.profile(5, "{}", "915", 1);
    assertThat(plan(1, 1, 50, EVERYONE)).isEqualTo(first);
  }

  @Test
  void aRunWithoutUsersHasNoMessages() {
    PlannedRun run = plan(1, 1, 10, EVERYONE);
    assertThat(run.count()).isZero();
    assertThat(run.control().isEmpty()).isTrue();
    assertThat(plan(1, 1, 10, EVERYONE)).isEqualTo(run);
  }

  /** A run without messages takes no numbers, and is a run all the same. */
  @Test
  void aRunAfterAnEmptyOneBeginsWhereThatBegan() throws SQLException {
    fixture.people(100);
    PlannedRun first = plan(1, 1, 10, EVERYONE);
    PlannedRun empty = plan(1, 2, 10, new Rule.Reachable(Channel.PUSH));
    PlannedRun third = plan(1, 3, 10, EVERYONE);
    assertThat(List.of(empty.firstSeq(), empty.count())).containsExactly(100, 0);
    assertThat(List.of(third.firstSeq(), third.count())).containsExactly(100, 100);
    assertThat(List.of(plan(1, 1, 0, EVERYONE), plan(1, 2, 0, EVERYONE), plan(1, 3, 0, EVERYONE)))
        .containsExactly(first, empty, third);
  }

  @Test
  void onlyUsersThatTheRuleMatchesArePlanned() throws SQLException {
    fixture.profile(1, "{\"city\":\"pune\"}", "911", 1);
    fixture.profile(2, "{\"city\":\"Delhi\"}", "912", 1);
    PlannedRun run =
        plan(
            1,
            1,
            0,
            new Rule.OfProperty(
                new PropertyCondition("city", Operator.EQUALS, new Value.Text("Pune"))));
    assertThat(run.count()).isEqualTo(1);
    assertThat(suppressions(1)).containsExactlyEntriesOf(Map.of(1L, "open"));
  }

  @Test
  void reachableUsersAreNotSuppressed() throws SQLException {
    fixture.profile(1, "{}", null, 0);
    fixture.profile(2, "{}", "12", 2);
    fixture.profile(3, "{}", "913", 1);
    fixture.profile(4, "{}", "914", 1);
    fixture.profile(5, "{}", "915", 1);
    fixture.optOut("sms", "user_key = 4");
    fixture.consent("whatsapp", "915", false, AT);
    plan(1, 1, 0, new Rule.Reachable(Channel.WHATSAPP));
    assertThat(suppressions(1)).isEqualTo(Map.of(3L, "open", 4L, "open"));
  }

  @Test
  void theDrawDecidesWhoIsHeldOut() throws SQLException {
    fixture.people(20_000);
    for (int campaign : new int[] {1, 2, Integer.MAX_VALUE}) {
      plan(campaign, 1, 7, EVERYONE);
      plan(campaign, 2, 7, EVERYONE);
      Draw draw = Draw.of(campaign, Draw.Purpose.CONTROL_GROUP);
      fixture
          .texts("SELECT user_key, control FROM message WHERE campaign = " + campaign)
          .forEach(
              (user, control) ->
                  assertThat(control).isEqualTo(String.valueOf(draw.bucket(user) < 700)));
    }
  }

  @Test
  void eitherControlGroupHoldsOut() throws SQLException {
    fixture.people(5_000);
    fixture.plan(PlanOrderBuilder.of(1, 1, EVALUATION).holdingOut(7, 4).order());
    fixture.plan(PlanOrderBuilder.of(2, 1, EVALUATION).holdingOut(0, 4).order());
    for (int campaign : new int[] {1, 2}) {
      Draw own = Draw.of(campaign, Draw.Purpose.CONTROL_GROUP);
      int ownBuckets = campaign == 1 ? 700 : 0;
      fixture
          .texts("SELECT user_key, control FROM message WHERE campaign = " + campaign)
          .forEach(
              (user, control) ->
                  assertThat(control)
                      .isEqualTo(
                          String.valueOf(
                              own.bucket(user) < ownBuckets
                                  || Draw.OF_SYSTEM_CONTROL_GROUP.bucket(user) < 400)));
    }
  }

  /** Users of some buckets are as likely to be held out as all others. */
  @Test
  void bucketsAreDrawnApartFromTheControlGroup() throws SQLException {
    fixture.people(100_000);
    PlannedRun run = plan(1, 1, 20, new Rule.Bucket(10, 19));
    // shares ± 6 standard errors
    assertThat(run.count() / 100_000.0).isCloseTo(0.1, within(0.006));
    assertThat(run.control().getCardinality() / (double) run.count()).isCloseTo(0.2, within(0.024));
    assertThat(fixture.numbers("SELECT user_key FROM message"))
        .allMatch(key -> Draw.OF_RULES.bucket(key) / 1_000 == 1);
  }

  @Test
  void everyChunkHoldsTargetAndControlInTheirShares() throws SQLException {
    fixture.people(50_000);
    PlannedRun run = plan(9, 1, 20, EVERYONE);
    for (int from = 0; from < 50_000; from += 5_000) {
      RoaringBitmap chunk = RoaringBitmap.bitmapOfRange(from, from + 5_000L);
      // 0.2 ± 6 standard errors
      assertThat(RoaringBitmap.andCardinality(chunk, run.control()) / 5_000.0)
          .isCloseTo(0.2, within(0.034));
    }
  }

  @Test
  void numbersDoNotFollowTheOrderOfProfilesOrOfEarlierRuns() throws SQLException {
    fixture.people(10_000);
    plan(1, 1, 0, EVERYONE);
    plan(1, 2, 0, EVERYONE);
    assertThat(
            fixture.number(
                """
                SELECT corr(m.seq, p.rowid) FROM message m JOIN profile p USING (user_key)
                WHERE m.run = 1"""))
        .isCloseTo(0, within(0.06));
    assertThat(
            fixture.number(
                """
                SELECT corr(a.seq, b.seq) FROM message a
                JOIN message b ON b.run = 2 AND b.user_key = a.user_key WHERE a.run = 1"""))
        .isCloseTo(0, within(0.06));
  }
}
