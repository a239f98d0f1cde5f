package dev.carillon.bench;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.storage.embedded.audience.AudienceSql;
import dev.carillon.storage.embedded.audience.ReachSql;
import dev.carillon.storage.embedded.audience.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** How long the people of a segment take to count, beside SQL written by hand. */
final class SegmentsBenchmark implements Benchmark {
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 5;
  private static final double MOST_TIMES = 1.2;

  /** While somebody edits a segment, a number is there after this. */
  private static final double MOST_SECONDS = 1;

  private static final Evaluation EVALUATION = new Evaluation(SyntheticPeople.NOW, ZoneOffset.UTC);

  /**
   * A segment in two languages.
   *
   * @param sql what an expert would write who knows that the properties hold no lists
   */
  private record Segment(String name, String rule, String sql) {}

  private static final List<Segment> SEGMENTS =
      List.of(
          new Segment(
              "city is Pune, and Charged in 30 days with Amount > 100",
              """
              {"all":[{"property":"city","op":"equals","value":"Pune"},
                {"did":"Charged","within":"P30D",
                 "where":[{"property":"Amount","op":"greaterThan","value":100}]}]}""",
              """
              SELECT count(*) FROM profile
              WHERE user_key IN (SELECT user_key FROM event WHERE name = 'Charged'
                  AND "at" > TIMESTAMP '2026-10-21 10:00:00'
                  AND "at" <= TIMESTAMP '2026-11-20 10:00:00'
                  AND (properties->>'$.Amount')::DOUBLE > 100)
                AND lower(properties->>'$.city') = 'pune'"""),
          new Segment(
              "Charged at least 3 times in 90 days",
              "{\"did\":\"Charged\",\"atLeast\":3,\"within\":\"P90D\"}",
              """
              SELECT count(*) FROM profile WHERE user_key IN (
                SELECT user_key FROM event WHERE name = 'Charged'
                  AND "at" > TIMESTAMP '2026-08-22 10:00:00'
                  AND "at" <= TIMESTAMP '2026-11-20 10:00:00'
                GROUP BY user_key HAVING count(*) >= 3)"""),
          new Segment(
              "Charged in 30 days, not App Launched in 8",
              """
              {"all":[{"did":"Charged","within":"P30D"},
                {"didNot":"App Launched","within":"P8D"}]}""",
              """
              SELECT count(*) FROM profile
              WHERE user_key IN (SELECT user_key FROM event WHERE name = 'Charged'
                  AND "at" > TIMESTAMP '2026-10-21 10:00:00'
                  AND "at" <= TIMESTAMP '2026-11-20 10:00:00')
                AND user_key NOT IN (SELECT user_key FROM event WHERE name = 'App Launched'
                  AND "at" > TIMESTAMP '2026-11-12 10:00:00'
                  AND "at" <= TIMESTAMP '2026-11-20 10:00:00')"""),
          new Segment(
              "city is Pune",
              "{\"property\":\"city\",\"op\":\"equals\",\"value\":\"Pune\"}",
              "SELECT count(*) FROM profile WHERE lower(properties->>'$.city') = 'pune'"),
          new Segment(
              "city is Pune, age over 40, vip",
              """
              {"all":[{"property":"city","op":"equals","value":"Pune"},
                {"property":"age","op":"greaterThan","value":40},
                {"property":"vip","op":"equals","value":true}]}""",
              """
              SELECT count(*) FROM profile WHERE lower(properties->>'$.city') = 'pune'
                AND (properties->>'$.age')::DOUBLE > 40 AND properties->>'$.vip' = 'true'"""));

  @Override
  public String name() {
    return "segments";
  }

  @Override
  public String what() {
    return "counting segments, beside SQL written by hand for the same question; medians of "
        + ROUNDS
        + " rounds in turn";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.shown(
            "people / events",
            "%,d / %,d"
                .formatted(sizes.people(), (long) sizes.people() * SyntheticPeople.EVENTS_EACH),
            ""));
    try (Connection connection = SyntheticPeople.make(folder.at("people"), sizes.people())) {
      for (Segment segment : SEGMENTS) {
        measure(connection, segment, figures);
      }
    }
    return figures;
  }

  private static void measure(Connection connection, Segment segment, List<Figure> figures)
      throws SQLException {
    Rule rule = RuleReader.read(JsonMapper.shared().readTree(segment.rule)).orThrow();
    Samples ours = new Samples();
    Samples peer = new Samples();
    Samples reach = new Samples();
    Samples sample = new Samples();
    Rule sampled = new Rule.All(List.of(new Rule.Bucket(0, 1), rule));
    for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
      long began = System.nanoTime();
      long byHand = byHand(connection, segment.sql);
      double peerSeconds = Samples.secondsSince(began);
      began = System.nanoTime();
      long compiled = compiled(connection, rule);
      double oursSeconds = Samples.secondsSince(began);
      began = System.nanoTime();
      long total = ReachSql.estimate(connection, rule, EVALUATION).total();
      double reachSeconds = Samples.secondsSince(began);
      if (byHand != compiled || total != compiled) {
        throw new IllegalStateException(
            segment.name + ": " + compiled + ", by hand " + byHand + ", estimated " + total);
      }
      began = System.nanoTime();
      ReachSql.estimate(connection, sampled, EVALUATION);
      double sampleSeconds = Samples.secondsSince(began);
      if (round >= WARM_UPS) {
        sample.add(sampleSeconds);
        ours.add(oursSeconds);
        peer.add(peerSeconds);
        reach.add(reachSeconds);
      }
    }
    figures.add(Figure.atMost(segment.name, ours, peer, MOST_TIMES));
    figures.add(Figure.shown("  with how many can be reached", Figure.time(reach.median()), ""));
    figures.add(Figure.within("  the same from a sample", sample.median(), MOST_SECONDS));
  }

  private static long byHand(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static long compiled(Connection connection, Rule rule) throws SQLException {
    Sql sql = AudienceSql.select("count(*)", rule, EVALUATION);
    try (PreparedStatement statement = sql.prepare(connection);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
