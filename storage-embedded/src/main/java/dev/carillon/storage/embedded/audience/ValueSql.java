package dev.carillon.storage.embedded.audience;

import dev.carillon.core.audience.Value;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tests of one JSON value against values of a rule. The tests are functions of the value's JSON
 * text as DuckDB writes it, which begins with a quotation mark for a text, a digit or minus for a
 * number, and so on: so one extraction gives type and value. They are false or null where they do
 * not match.
 */
final class ValueSql {
  /** Up to so many values are compared one by one; more are looked up in a hash table. */
  private static final int FEW = 20;

  private static final String TIME =
      "T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]{1,9})?)?";
  private static final String DAY = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}";
  private static final String OFFSET = "(?:Z|[+-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))";
  private static final Sql EPOCH_FORM = Sql.value("\"\\$D_-?[0-9]{1,14}\"");

  /** From 12 digits on they are milliseconds. */
  private static final Sql MILLISECONDS_FORM = Sql.value("\"\\$D_-?[0-9]{12,14}\"");

  private static final Sql LOCAL_FORM = Sql.value("\"" + DAY + "(?:" + TIME + ")?\"");
  private static final Sql OFFSET_FORM = Sql.value("\"" + DAY + TIME + OFFSET + "\"");

  private ValueSql() {}

  /** A test of a JSON text. */
  interface Test {
    /**
     * The test as SQL.
     *
     * @param json the JSON text
     * @param subqueries whether the SQL may hold subqueries where it stands
     */
    Sql of(Sql json, boolean subqueries);
  }

  /** The same text, whatever the case. JSON text is canonical, so it is compared as it is. */
  static Test sameText(List<Value.Text> texts) {
    if (texts.size() <= FEW) {
      return (json, subqueries) ->
          Sql.or(
              texts.stream()
                  .map(text -> Sql.of("lower({}) = lower({})", json, json(text)))
                  .toList());
    }
    Sql all =
        Sql.of(
            "list_transform(from_json({}, '[\"VARCHAR\"]'),"
                + " lambda t: lower(to_json(t)::VARCHAR))",
            list(texts.stream().map(text -> JsonValues.quoted(text.text())).toList()));
    return (json, subqueries) -> in(Sql.of("lower({})", json), all, subqueries);
  }

  /**
   * A text with the given one in it. The JSON text is searched first, since hardly any text has a
   * backslash: only then may what is found in the JSON text be a piece of an escape.
   */
  static Test contains(Value.Text text) {
    Sql searched = Sql.value(text.text());
    Sql escaped = Sql.of("lower({}[2:-2])", json(text));
    return (json, subqueries) ->
        Sql.of(
            "CASE WHEN contains(lower({}), {}) AND starts_with({}, '\"') THEN"
                + " CASE WHEN contains({}, '\\') THEN"
                + " contains(lower(json_extract_string({}, '$')), lower({}::VARCHAR))"
                + " ELSE true END ELSE false END",
            json,
            escaped,
            json,
            json,
            json,
            searched);
  }

  /** A text that begins with the given one: then its JSON text does too, up to the closing mark. */
  static Test startsWith(Value.Text text) {
    return (json, subqueries) -> Sql.of("starts_with(lower({}), lower({}[:-2]))", json, json(text));
  }

  static Test sameTruth(Value.Truth truth) {
    return (json, subqueries) -> Sql.of(truth.value() ? "{} = 'true'" : "{} = 'false'", json);
  }

  static Test sameNumber(List<Value.Numeric> numbers) {
    if (numbers.size() <= FEW) {
      return (json, subqueries) ->
          Sql.or(numbers.stream().map(n -> number("{} = {}", n).of(json, subqueries)).toList());
    }
    Sql all =
        Sql.of(
            "from_json({}, '[\"DOUBLE\"]')",
            list(
                numbers.stream()
                    .map(number -> Double.toString(number.number().doubleValue()))
                    .toList()));
    return (json, subqueries) -> in(asNumber(json), all, subqueries);
  }

  /** Compares with a number; the template has a place for each. */
  static Test number(String template, Value.Numeric number) {
    return (json, subqueries) ->
        Sql.of(template, asNumber(json), Sql.value(number.number().doubleValue()));
  }

  static Test numberBetween(Value.Numeric low, Value.Numeric high) {
    return (json, subqueries) ->
        Sql.of(
            "{} BETWEEN {} AND {}",
            asNumber(json),
            Sql.value(low.number().doubleValue()),
            Sql.value(high.number().doubleValue()));
  }

  /** A date that lies in one of the spans. */
  static Test dateIn(List<Span> spans) {
    Inside moment = inside(spans, false);
    Inside local = inside(spans, true);
    return (json, subqueries) ->
        Sql.of(
            "CASE WHEN starts_with({}, '\"$D_') THEN CASE WHEN regexp_full_match({}, {}) THEN {} END"
                + " WHEN regexp_full_match({}, {}) THEN {} WHEN regexp_full_match({}, {}) THEN {}"
                + " ELSE false END",
            json,
            json,
            EPOCH_FORM,
            moment.of(
                Sql.of(
                    "TRY_CAST(substr({}, 5, length({}) - 5) AS BIGINT)"
                        + " * CASE WHEN regexp_full_match({}, {}) THEN 1000 ELSE 1000000 END",
                    json,
                    json,
                    json,
                    MILLISECONDS_FORM)),
            json,
            LOCAL_FORM,
            local.of(Sql.of("epoch_us(TRY_CAST(trim({}, '\"') AS TIMESTAMP))", json)),
            json,
            OFFSET_FORM,
            moment.of(Sql.of("epoch_us(TRY_CAST(trim({}, '\"') AS TIMESTAMPTZ))", json)));
  }

  private interface Inside {
    Sql of(Sql micros);
  }

  private static Inside inside(List<Span> spans, boolean local) {
    List<Long> firsts = spans.stream().map(s -> local ? s.localFirst() : s.first()).toList();
    List<Long> lasts = spans.stream().map(s -> local ? s.localLast() : s.last()).toList();
    return spans.size() == 1
        ? micros ->
            Sql.of(
                "{} BETWEEN {}::BIGINT AND {}::BIGINT",
                micros,
                Sql.value(firsts.getFirst()),
                Sql.value(lasts.getFirst()))
        : micros ->
            Sql.of(
                "len(list_filter(list_zip(from_json({}, '[\"BIGINT\"]'),"
                    + " from_json({}, '[\"BIGINT\"]')), lambda s: {} BETWEEN s[1] AND s[2])) > 0",
                list(firsts.stream().map(String::valueOf).toList()),
                list(lasts.stream().map(String::valueOf).toList()),
                micros);
  }

  static List<Span> spans(List<Value.Date> dates, ZoneId zone) {
    ArrayList<Span> spans = new ArrayList<>();
    dates.forEach(date -> spans.add(Span.of(date, zone)));
    return spans;
  }

  /** Any of the tests. */
  static Test any(Test... tests) {
    return (json, subqueries) ->
        Sql.or(Arrays.stream(tests).map(test -> test.of(json, subqueries)).toList());
  }

  private static Sql asNumber(Sql json) {
    return Sql.of("TRY_CAST({} AS DOUBLE)", json);
  }

  /** The text as JSON text, as the store writes it. */
  private static Sql json(Value.Text text) {
    return Sql.of("(to_json({}::VARCHAR)::VARCHAR)", Sql.value(text.text()));
  }

  /** Subqueries are joined by hash; where none can be, the list is gone through. */
  private static Sql in(Sql value, Sql list, boolean subqueries) {
    return subqueries
        ? Sql.of("{} IN (SELECT unnest({}))", value, list)
        : Sql.of("list_contains({}, {})", list, value);
  }

  private static Sql list(List<String> elements) {
    return Sql.value(elements.stream().collect(Collectors.joining(",", "[", "]")));
  }
}
