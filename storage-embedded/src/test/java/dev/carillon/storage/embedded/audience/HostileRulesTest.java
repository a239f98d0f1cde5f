package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.Period;
import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Rule.Amount.Figure;
import dev.carillon.core.audience.Rule.Occasion.Which;
import dev.carillon.core.audience.Times;
import dev.carillon.core.audience.Value;
import dev.carillon.engine.port.audience.Evaluation;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a user sends in never becomes SQL, and the largest rules are answered. */
class HostileRulesTest {
  private static final Evaluation EVALUATION =
      new Evaluation(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE profile; --",
        "\" OR 1=1 --",
        "{}",
        "?",
        "$1",
        "') OR true OR lower('",
        "\\'; DROP TABLE profile; --",
        "/*",
        "/../city",
        "$.*",
        "$",
        "[0]",
        "*",
        "a\nb",
        "~1",
        "%",
        "😀"
      })
  void namesAndValuesAreTakenAsTheyAre(String hostile) throws SQLException {
    String properties = JsonNodeFactory.instance.objectNode().put(hostile, hostile).toString();
    try (AudienceTables tables = new AudienceTables()) {
      tables.profile(1, properties);
      tables.profile(2, "{\"city\":\"Pune\",\"a\":[1]}");
      String amount = JsonNodeFactory.instance.objectNode().put(hostile, 5).toString();
      tables.event(2, hostile, EVALUATION.at(), amount);
      for (Operator operator :
          List.of(Operator.EQUALS, Operator.IN, Operator.CONTAINS, Operator.STARTS_WITH)) {
        assertThat(select(tables, condition(hostile, operator, new Value.Text(hostile))))
            .as(operator.key())
            .containsExactly(1L);
      }
      assertThat(select(tables, condition(hostile, Operator.EXISTS, new Value.Nothing())))
          .containsExactly(1L);
      assertThat(select(tables, condition("city", Operator.EQUALS, new Value.Text(hostile))))
          .isEmpty();
      assertThat(
              select(tables, new Rule.Did(hostile, Times.atLeast(1), new Period.Ever(), List.of())))
          .containsExactly(2L);
      assertThat(
              select(tables, new Rule.Occasion(Which.FIRST, hostile, new Period.Days(null, null))))
          .containsExactly(2L);
      assertThat(select(tables, sum(hostile, hostile, new BigDecimal("5")))).containsExactly(2L);
      assertThat(select(tables, sum(hostile, "city", new BigDecimal("5")))).isEmpty();
      assertThat(select(tables, new Rule.Everyone())).containsExactly(1L, 2L);
    }
  }

  @Test
  void tenThousandValues() throws SQLException {
    ArrayList<Value> values = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      values.add(i % 2 == 0 ? new Value.Text("X" + i) : new Value.Numeric(BigDecimal.valueOf(i)));
    }
    try (AudienceTables tables = new AudienceTables()) {
      tables.profile(1, "{\"a\":\"x9998\"}");
      tables.profile(2, "{\"a\":9999}");
      tables.profile(3, "{\"a\":[\"y\",\"x2\"]}");
      tables.profile(4, "{\"a\":\"x9999\"}");
      tables.profile(5, "{\"a\":9998}");
      tables.profile(6, "{}");
      assertThat(select(tables, condition("a", Operator.IN, new Value.Many(values))))
          .containsExactly(1L, 2L, 3L);
      assertThat(select(tables, condition("a", Operator.NOT_IN, new Value.Many(values))))
          .containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void fiveHundredRulesNestedTwentyDeep() throws SQLException {
    Rule rule =
        new Rule.Any(
            IntStream.range(0, 480)
                .mapToObj(
                    i ->
                        condition(
                            "p" + i, Operator.LESS_THAN, new Value.Numeric(BigDecimal.valueOf(i))))
                .toList());
    for (int i = 0; i < 18; i++) {
      rule = new Rule.Not(rule);
    }
    try (AudienceTables tables = new AudienceTables()) {
      tables.profile(1, "{\"p479\":478}");
      tables.profile(2, "{\"p479\":479}");
      assertThat(select(tables, rule)).containsExactly(1L);
    }
  }

  /** Letters of Unicode 16, which the store's tables of letters do not know yet. */
  private static boolean newLetter(int point) {
    return (point >= 0x10D50 && point <= 0x10D65)
        || List.of(0x1C89, 0xA7CB, 0xA7CC, 0xA7DA, 0xA7DC).contains(point);
  }

  /** Lower case is the same in the store as in the rule language's words. */
  @Test
  void lowerCaseIsOfEachCodePointByItself() throws SQLException {
    try (AudienceTables tables = new AudienceTables()) {
      tables.execute(
          "CREATE TABLE code_point AS SELECT c::BIGINT AS c, unicode(lower(chr(c::INTEGER))) AS l"
              + " FROM range(1, 1114112) t(c) WHERE c NOT BETWEEN 55296 AND 57343");
      ArrayList<String> different = new ArrayList<>();
      try (var statement = tables.connection().createStatement();
          var rows = statement.executeQuery("SELECT c, l FROM code_point")) {
        while (rows.next()) {
          int point = rows.getInt(1);
          if (Character.toLowerCase(point) != rows.getInt(2) && !newLetter(point)) {
            different.add("U+%04X %s".formatted(point, Character.getName(point)));
          }
        }
      }
      assertThat(different).isEmpty();
    }
  }

  private static Rule condition(String name, Operator operator, Value value) {
    return new Rule.OfProperty(new PropertyCondition(name, operator, value));
  }

  private static Rule sum(String event, String property, BigDecimal number) {
    return new Rule.Amount(
        Figure.SUM,
        event,
        new PropertyCondition(property, Operator.EQUALS, new Value.Numeric(number)),
        new Period.Ever(),
        List.of());
  }

  private static Set<Long> select(AudienceTables tables, Rule rule) throws SQLException {
    return tables.keys(AudienceSql.select("user_key", rule, EVALUATION));
  }
}
