package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.port.audience.Evaluation;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules over first and last times, sums and averages, by example. */
class FigureRulesTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  /** What each user paid, from the oldest to the newest, one a day up to the day before. */
  private static void fill(AudienceTables tables) throws SQLException {
    paid(tables, 1, "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1");
    paid(tables, 2, "5", "\"5\"", "[5]", "true", "null");
    paid(tables, 3, "\"100\"", "null");
    paid(tables, 4, "1e300", "-1e300", "1", "1");
    paid(tables, 5, "33.3", "33.3", "33.3");
    paid(tables, 6);
  }

  private static void paid(AudienceTables tables, long user, String... amounts)
      throws SQLException {
    tables.profile(user, "{}");
    for (int i = 0; i < amounts.length; i++) {
      tables.event(
          user,
          "Charged",
          AT.minusSeconds(86_400L * (amounts.length - i)),
          "{\"Amount\":" + amounts[i] + ",\"nth\":" + i + "}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'sum':'Amount','of':'Charged','op':'equals','value':1} | 1",
        "{'sum':'Amount','of':'Charged','op':'equals','value':99.9} | 5",
        "{'sum':'Amount','of':'Charged','op':'notEquals','value':5} | 1 4 5",
        "{'sum':'Amount','of':'Charged','op':'between','value':[1,2]} | 1 4",
        "{'sum':'Amount','of':'Charged','op':'lessThan','value':1000} | 1 2 4 5",
        "{'not':{'sum':'Amount','of':'Charged','op':'lessThan','value':1000}} | 3 6",
        "{'sum':'Amount','of':'Charged','op':'greaterOrEqual','value':66.6,'within':'P2D'} | ",
        "{'sum':'Amount','of':'Charged','op':'greaterOrEqual','value':66.6,'within':'P3D'} | 5",
        "{'sum':'Amount','of':'Charged','op':'equals','value':5,"
            + "'where':[{'property':'nth','op':'equals','value':0}]} | 2",
        "{'average':'Amount','of':'Charged','op':'equals','value':33.3} | 5",
        "{'average':'Amount','of':'Charged','op':'equals','value':0.5} | 4",
        "{'average':'Amount','of':'Charged','op':'lessOrEqual','value':0.1} | 1",
        "{'average':'Amount','of':'Charged','op':'greaterThan','value':4.9999999999} | 2 5",
        "{'first':'Charged'} | 1 2 3 4 5",
        "{'first':'Charged','within':'P4D'} | 3 5",
        "{'first':'Charged','to':'2026-11-15'} | 1 2",
        "{'first':'Charged','from':'2026-11-16','to':'2026-11-17'} | 4 5",
        "{'last':'Charged','within':'P1D'} | ",
        "{'last':'Charged','within':'P2D'} | 1 2 3 4 5",
        "{'last':'Charged','from':'2026-11-10','to':'2026-11-18'} | ",
        "{'last':'Charged','to':'2026-11-19'} | 1 2 3 4 5",
      })
  void selects(String rule, @Nullable String users) throws SQLException {
    try (AudienceTables tables = new AudienceTables()) {
      fill(tables);
      assertThat(
              tables.keys(
                  AudienceSql.select(
                      "user_key",
                      JsonDocument.parse(rule.replace('\'', '"')).then(RuleReader::read).orThrow(),
                      new Evaluation(AT, ZoneOffset.UTC))))
          .isEqualTo(keys(users));
    }
  }

  private static Set<Long> keys(@Nullable String users) {
    return users == null
        ? Set.of()
        : Arrays.stream(users.split(" ")).map(Long::valueOf).collect(Collectors.toSet());
  }
}
