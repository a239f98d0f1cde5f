package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.audience.ResolvedRules;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.testkit.audience.KnownUser;
import dev.carillon.testkit.audience.NaiveRules;
import dev.carillon.testkit.audience.RandomAudience;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules compiled to SQL select exactly the users that they match when evaluated one by one. */
class AudienceSqlTest {

  /** Around changes of the clock: by day, at midnight, by half an hour, and none. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29T10:00:00Z",
    "Europe/Berlin, 2026-10-25T00:30:00.000001Z",
    "America/Sao_Paulo, 2018-11-04T03:00:00Z",
    "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
    "Asia/Kolkata, 2026-11-20T18:30:00Z"
  })
  void selectsWhomTheRuleMatches(String zone, String at) throws SQLException {
    long seed = ThreadLocalRandom.current().nextLong();
    Evaluation evaluation = new Evaluation(Instant.parse(at), ZoneId.of(zone));
    RandomAudience random = new RandomAudience(seed, evaluation.zone(), evaluation.at());
    Map<Integer, Rule> segments = random.segments(4);
    NaiveRules naive = new NaiveRules(evaluation, segments);
    ResolvedRules resolved = new ResolvedRules(segments::get);
    List<KnownUser> users = random.users(150);
    try (AudienceTables tables = new AudienceTables()) {
      tables.add(users);
      for (int i = 0; i < 150; i++) {
        Rule rule = random.rule();
        assertThat(tables.keys(AudienceSql.select("user_key", resolved.of(rule), evaluation)))
            .as("seed %d, rule %s, segments %s", seed, RuleWriter.write(rule), segments)
            .isEqualTo(
                users.stream()
                    .filter(user -> naive.matches(rule, user))
                    .map(KnownUser::userKey)
                    .collect(Collectors.toCollection(TreeSet::new)));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"Europe/Berlin, 2026-03-29T10:00:00Z", "UTC, 2026-11-20T00:00:00Z"})
  void conditionsFitEventsByThemselves(String zone, String at) throws SQLException {
    long seed = ThreadLocalRandom.current().nextLong();
    Evaluation evaluation = new Evaluation(Instant.parse(at), ZoneId.of(zone));
    RandomAudience random = new RandomAudience(seed, evaluation.zone(), evaluation.at());
    NaiveRules naive = new NaiveRules(evaluation);
    List<KnownUser> users = random.users(100);
    List<KnownUser.Event> events = users.stream().flatMap(user -> user.events().stream()).toList();
    try (AudienceTables tables = new AudienceTables()) {
      tables.add(users);
      for (int i = 0; i < 150; i++) {
        List<PropertyCondition> where = random.where();
        TreeSet<Long> expected = new TreeSet<>();
        for (int id = 0; id < events.size(); id++) {
          if (naive.fit(where, events.get(id).properties())) {
            expected.add((long) id);
          }
        }
        assertThat(
                tables.keys(
                    Sql.of(
                        "SELECT event_id FROM event e WHERE {}",
                        ConditionSql.all("e.properties", where, evaluation.zone()))))
            .as("seed %d, where %s", seed, RuleWriter.write(where))
            .isEqualTo(expected);
      }
    }
  }
}
