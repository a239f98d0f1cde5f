package dev.carillon.bench;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.Audience;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.ControlShares;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.storage.embedded.planning.MessageWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;

/** Planning a run for everybody, beside writing the bare audience into an equal table. */
final class PlanBenchmark implements Benchmark {
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 5;
  private static final double MOST_TIMES = 2;
  private static final int CONTROL_PERCENT = 10;

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String what() {
    return "planning a run (select, hold out, number, suppress), beside INSERT ... SELECT of the"
        + " bare audience; medians of "
        + ROUNDS
        + " rounds in turn";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    Samples ours = new Samples();
    Samples peer = new Samples();
    try (Connection connection = SyntheticPeople.make(folder.at("people"), sizes.people());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE event");
      statement.execute("CREATE TABLE bare AS FROM message WITH NO DATA");
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        double peerSeconds = bare(statement);
        double oursSeconds = plan(connection, statement, round + 1);
        if (round >= WARM_UPS) {
          peer.add(peerSeconds);
          ours.add(oursSeconds);
        }
      }
    }
    return List.of(
        Figure.shown("people", "%,d".formatted(sizes.people()), ""),
        Figure.atMost("a run planned", ours, peer, MOST_TIMES));
  }

  private static double bare(Statement statement) throws SQLException {
    long began = System.nanoTime();
    statement.execute(
        """
        INSERT INTO bare BY NAME
        SELECT 1 AS campaign, 1 AS run, 0 AS seq, user_key, e.address, false AS control,
          0 AS variant, NULL AS suppression, TIMESTAMP '2026-11-20 10:00:00' AS planned_at
        FROM profile LEFT JOIN (FROM endpoint WHERE kind = 1 AND left_at IS NULL) e
          USING (user_key)""");
    double seconds = Samples.secondsSince(began);
    statement.execute("TRUNCATE bare");
    statement.execute("CHECKPOINT");
    return seconds;
  }

  private static double plan(Connection connection, Statement statement, int campaign)
      throws SQLException {
    PlanOrder order =
        new PlanOrder(
            campaign,
            1,
            new Audience(
                Channel.WHATSAPP,
                new Rule.Everyone(),
                new Evaluation(SyntheticPeople.NOW, ZoneOffset.UTC)),
            new ControlShares(CONTROL_PERCENT, 0),
            Limits.NONE,
            null,
            null,
            null,
            List.of(new Route(1, null)));
    long began = System.nanoTime();
    connection.setAutoCommit(false);
    MessageWriter.write(connection, order, 0);
    connection.commit();
    connection.setAutoCommit(true);
    double seconds = Samples.secondsSince(began);
    statement.execute("TRUNCATE message");
    statement.execute("CHECKPOINT");
    return seconds;
  }
}
