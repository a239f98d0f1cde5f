package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Value;
import dev.carillon.core.campaign.Draw;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.ledger.RepeatRecipients;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.AudienceStore.Evaluation;
import dev.carillon.engine.port.audience.AudienceStore.Reach;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What planning writes and what an estimate counts. */
class PlanSqlTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Evaluation EVALUATION = new Evaluation(AT, ZoneOffset.UTC);
  private static final Rule EVERYONE = new Rule.Everyone();

  private AudienceTables tables;

  @BeforeEach
  void open() throws SQLException {
    tables = new AudienceTables();
  }

  @AfterEach
  void close() throws SQLException {
    tables.close();
  }

  private PlannedRun plan(int campaign, int run, int percent, Rule who) throws SQLException {
    return PlanSql.plan(
        tables.connection(),
        PlanOrderBuilder.of(campaign, run, EVALUATION).to(who).holdingOut(percent).order());
  }

  /** Many users with a phone each, their keys as real ones are. */
  private void many(int count) throws SQLException {
    tables.execute(
        "INSERT INTO profile SELECT (md5_number(i::VARCHAR) >> 65)::BIGINT, '{}',"
            + " (910000000000 + i)::VARCHAR, 1, true, true, true, NULL FROM range("
            + count
            + ") t(i)");
  }

  private Map<Long, String> messages() throws SQLException {
    TreeMap<Long, String> messages = new TreeMap<>();
    try (Statement statement = tables.connection().createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT user_key, coalesce(suppression, 'open') FROM message")) {
      while (rows.next()) {
        messages.put(rows.getLong(1), rows.getString(2));
      }
    }
    return messages;
  }

  @Test
  void eachUserIsSuppressedForTheFirstReasonThatApplies() throws SQLException {
    tables.profile(1, "{}", null, 0);
    tables.profile(2, "{}", "12", 2);
    tables.profile(3, "{}", "913", 1);
    tables.profile(4, "{}", "914", 1);
    tables.profile(5, "{}", "915", 1);
    tables.profile(6, "{}", "916", 1);
    tables.profile(7, "{}", "917", 1);
    tables.profile(8, "{}", "918", 1);
    tables.profile(9, "{}", "913", 1);
    tables.profile(10, "{}", "920", 1);
    tables.profile(11, "{}", "920", 1);
    tables.profile(12, "{}", "920", 1);
    tables.profile(13, "{}", "915", 1);
    tables.execute("UPDATE profile SET subscribed_whatsapp = false WHERE user_key IN (3, 10)");
    tables.execute("UPDATE profile SET subscribed_sms = false WHERE user_key = 4");
    tables.consent("whatsapp", "915", false, AT);
    tables.consent("whatsapp", "916", false, AT);
    tables.consent("whatsapp", "916", true, AT.plusSeconds(1));
    tables.consent("whatsapp", "917", true, AT);
    tables.consent("whatsapp", "917", false, AT);
    tables.consent("sms", "918", false, AT);
    for (int percent : new int[] {0, 50}) {
      tables.execute("DELETE FROM message");
      PlannedRun run = plan(1, 1, percent, EVERYONE);
      assertThat(messages())
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
  void whoWasInAnEarlierRunIsToldByHisFirstMessage() throws SQLException {
    many(1_000);
    Rule half = new Rule.Bucket(0, 49);
    PlannedRun first = plan(1, 1, 10, half);
    PlannedRun second = plan(1, 2, 10, EVERYONE);
    PlannedRun third = plan(1, 3, 10, EVERYONE);
    plan(2, 1, 0, EVERYONE);

    assertThat(first.returning()).isEqualTo(RepeatRecipients.NONE);
    Map<Integer, Long> users = new TreeMap<>();
    try (Statement statement = tables.connection().createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT seq, user_key FROM message WHERE campaign = 1")) {
      while (rows.next()) {
        users.put(rows.getInt(1), rows.getLong(2));
      }
    }
    Map<Long, Integer> firsts = new TreeMap<>();
    users.forEach(
        (seq, user) -> {
          int expected = firsts.computeIfAbsent(user, any -> seq);
          int told = second.returning().plus(third.returning()).first(seq);
          assertThat(told).isEqualTo(expected);
        });
    assertThat(firsts).hasSize(1_000);
    assertThat(users).hasSizeGreaterThan(2_400);
  }

  /** More rows than one thread takes at a time, with up to a dozen users an address. */
  @Test
  void oneUserKeepsEachAddressInALargeAudienceToo() throws SQLException {
    many(300_000);
    tables.execute(
        """
        UPDATE profile SET phone = (910000000000 + hash(user_key) % 80000)::VARCHAR,
          subscribed_whatsapp = hash(user_key) % 7 > 0""");
    plan(1, 1, 10, EVERYONE);
    assertThat(
            tables.keys(
                Sql.of(
                    """
                    SELECT m.user_key FROM message m JOIN profile p USING (user_key)
                    WHERE m.suppression IS DISTINCT FROM CASE WHEN NOT p.subscribed_whatsapp
                      THEN 'unsubscribed' WHEN EXISTS (SELECT 1 FROM profile o
                        WHERE o.phone = p.phone AND o.subscribed_whatsapp
                          AND o.user_key < p.user_key) THEN 'duplicateAddress' END""")))
        .isEmpty();
    assertThat(tables.keys(Sql.of("SELECT count(DISTINCT seq) FROM message")))
        .containsExactly(300_000L);
  }

  /** A chunk of numbers is read without looking at the others: pieces of 122,880 are told apart. */
  @Test
  void messagesLieInLargePiecesOfTheirNumbers() throws SQLException {
    many(500_000);
    plan(1, 1, 10, EVERYONE);
    plan(1, 2, 10, EVERYONE);
    assertThat(
            tables.keys(
                Sql.of(
                    "SELECT count(*) FROM (SELECT seq <> lag(seq) OVER () + 1 AS begins FROM"
                        + " message) WHERE begins")))
        .singleElement(InstanceOfAssertFactories.LONG)
        .isLessThan(12);
  }

  @Test
  void messagesAreNumberedWithoutGapsFromRunToRun() throws SQLException {
    many(5_000);
    PlannedRun first = plan(1, 1, 10, EVERYONE);
    PlannedRun second = plan(1, 2, 10, EVERYONE);
    PlannedRun other = plan(2, 1, 0, EVERYONE);
    assertThat(List.of(first.firstSeq(), first.count())).containsExactly(0, 5_000);
    assertThat(List.of(second.firstSeq(), second.count())).containsExactly(5_000, 5_000);
    assertThat(List.of(other.firstSeq(), other.count())).containsExactly(0, 5_000);
    assertThat(first.plannedAt()).isEqualTo(AT);
    assertThat(other.control().isEmpty()).isTrue();
    assertThat(tables.keys(Sql.of("SELECT seq FROM message WHERE campaign = 1"))).hasSize(10_000);
  }

  @Test
  void aRunIsPlannedOnce() throws SQLException {
    many(1_000);
    PlannedRun first = plan(1, 1, 10, EVERYONE);
    tables.profile(5, "{}", "915", 1);
    assertThat(plan(1, 1, 50, EVERYONE)).isEqualTo(first);
  }

  @Test
  void aRunWithoutUsersHasNoMessages() throws SQLException {
    PlannedRun run = plan(1, 1, 10, EVERYONE);
    assertThat(run.count()).isZero();
    assertThat(run.control().isEmpty()).isTrue();
    assertThat(plan(1, 1, 10, EVERYONE)).isEqualTo(run);
  }

  @Test
  void onlyWhomTheRuleMatchesIsPlanned() throws SQLException {
    tables.profile(1, "{\"city\":\"pune\"}", "911", 1);
    tables.profile(2, "{\"city\":\"Delhi\"}", "912", 1);
    PlannedRun run =
        plan(
            1,
            1,
            0,
            new Rule.OfProperty(
                new PropertyCondition("city", Operator.EQUALS, new Value.Text("Pune"))));
    assertThat(run.count()).isEqualTo(1);
    assertThat(messages()).containsExactlyEntriesOf(Map.of(1L, "open"));
  }

  @Test
  void controlIsWhoeverTheDrawHoldsOut() throws SQLException {
    many(20_000);
    for (int campaign : new int[] {1, 2, Integer.MAX_VALUE}) {
      plan(campaign, 1, 7, EVERYONE);
      plan(campaign, 2, 7, EVERYONE);
      Draw draw = Draw.of(campaign, Draw.Purpose.CONTROL_GROUP);
      try (Statement statement = tables.connection().createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT user_key, control FROM message WHERE campaign = " + campaign)) {
        while (rows.next()) {
          assertThat(rows.getBoolean(2)).isEqualTo(draw.bucket(rows.getLong(1)) < 700);
        }
      }
    }
  }

  /** Whoever is in some buckets is as likely to be held out as anybody. */
  @Test
  void bucketsAreDrawnApartFromTheControlGroup() throws SQLException {
    many(100_000);
    PlannedRun run = plan(1, 1, 20, new Rule.Bucket(10, 19));
    // shares ± 6 standard errors
    assertThat(run.count() / 100_000.0).isCloseTo(0.1, within(0.006));
    assertThat(run.control().getCardinality() / (double) run.count()).isCloseTo(0.2, within(0.024));
    assertThat(tables.keys(Sql.of("SELECT user_key FROM message")))
        .allMatch(key -> Draw.OF_RULES.bucket(key) / 1_000 == 1);
  }

  @Test
  void theDrawIsTheSameAtTheEndsOfItsRange() throws SQLException {
    for (Draw draw :
        List.of(
            new Draw(1, 0),
            new Draw(Draw.PRIME - 1, Draw.PRIME - 1),
            Draw.of(1, Draw.Purpose.VARIANT),
            Draw.OF_RULES,
            Draw.of(77, Draw.Purpose.CONTROL_GROUP))) {
      for (long key :
          new long[] {
            0,
            1,
            Draw.PRIME - 1,
            Draw.PRIME,
            Draw.PRIME + 1,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            Identity.user("x").key()
          }) {
        Sql bucket =
            Sql.of(
                "SELECT {} FROM (SELECT {}::BIGINT AS user_key)",
                DrawSql.bucket(draw),
                Sql.value(key));
        assertThat(tables.keys(bucket)).containsExactly((long) draw.bucket(key));
      }
    }
  }

  @Test
  void everyChunkHoldsTargetAndControlInTheirShares() throws SQLException {
    many(50_000);
    PlannedRun run = plan(9, 1, 20, EVERYONE);
    for (int from = 0; from < 50_000; from += 5_000) {
      RoaringBitmap chunk = RoaringBitmap.bitmapOfRange(from, from + 5_000L);
      // 0.2 ± 6 standard errors
      assertThat(RoaringBitmap.andCardinality(chunk, run.control()) / 5_000.0)
          .isCloseTo(0.2, within(0.034));
    }
  }

  @Test
  void numbersDoNotFollowTheOrderOfProfiles() throws SQLException {
    many(10_000);
    plan(1, 1, 0, EVERYONE);
    plan(1, 2, 0, EVERYONE);
    try (Statement statement = tables.connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT corr(a.seq, p.rowid), corr(a.seq, b.seq) FROM message a
                JOIN message b ON b.run = 2 AND b.user_key = a.user_key
                JOIN profile p ON p.user_key = a.user_key WHERE a.run = 1""")) {
      row.next();
      assertThat(row.getDouble(1)).isCloseTo(0, within(0.06));
      assertThat(row.getDouble(2)).isCloseTo(0, within(0.06));
    }
  }

  @Test
  void anEstimateCountsWhoCanBeReached() throws SQLException {
    tables.profile(1, "{}", null, 0);
    tables.profile(2, "{}", "12", 2);
    tables.profile(3, "{}", "913", 1);
    tables.profile(4, "{}", "914", 1);
    tables.profile(5, "{}", "915", 1);
    tables.execute("UPDATE profile SET email = 'a@example.org' WHERE user_key IN (1, 3)");
    tables.execute("UPDATE profile SET subscribed_sms = false WHERE user_key = 4");
    tables.consent("whatsapp", "915", false, AT);
    Reach reach = ReachSql.estimate(tables.connection(), EVERYONE, EVALUATION);
    assertThat(reach)
        .isEqualTo(
            new Reach(
                5,
                Map.of(
                    Channel.PUSH,
                    0L,
                    Channel.SMS,
                    2L,
                    Channel.WHATSAPP,
                    2L,
                    Channel.FACEBOOK,
                    4L)));
    for (Channel channel : Channel.values()) {
      Rule reachable = new Rule.Reachable(channel);
      assertThat(ReachSql.estimate(tables.connection(), reachable, EVALUATION).total())
          .as(channel.key())
          .isEqualTo(reach.reachable().get(channel));
    }
    plan(1, 1, 0, new Rule.Reachable(Channel.WHATSAPP));
    assertThat(messages()).isEqualTo(Map.of(3L, "open", 4L, "open"));
  }
}
