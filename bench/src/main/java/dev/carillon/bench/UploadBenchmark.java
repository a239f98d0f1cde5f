package dev.carillon.bench;

import dev.carillon.bench.wire.RawLoad;
import dev.carillon.engine.port.store.FactStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Events over HTTP, durable before 200, beside DuckDB's appender fed with the same rows. */
final class UploadBenchmark implements Benchmark {
  private static final int CONNECTIONS = 4;
  private static final int EVENTS_A_REQUEST = 1000;
  private static final int ROWS_A_COMMIT = 10_000;
  private static final int USERS = 20_000;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;
  private static final long SEED = 20261120;
  private static final double LEAST_SHARE = 0.5;

  /** In seconds; far enough back that no round is ahead of the clock. */
  private static final long FIRST_AT = 1_760_000_000L;

  /** One event, as both sides get it. */
  private record Event(
      long id, int user, String name, long at, int amount, String item, String properties) {}

  @Override
  public String name() {
    return "upload";
  }

  @Override
  public String what() {
    return "/1/upload, "
        + EVENTS_A_REQUEST
        + " events a request over "
        + CONNECTIONS
        + " connections, durable before 200, beside DuckDB's appender in process; medians of "
        + ROUNDS
        + " rounds in turn";
  }

  @Override
  public List<Figure> run(Sizes sizes, TempFolder folder) throws Exception {
    try (BenchServer server = BenchServer.start(folder.at("data"));
        Appending peer = new Appending(folder.at("peer.duckdb"))) {
      Random random = new Random(SEED);
      Samples ours = new Samples();
      Samples readable = new Samples();
      Samples appended = new Samples();
      Samples shares = new Samples();
      for (int round = 0; round < WARM_UPS + ROUNDS; round++) {
        List<Event> events = events(random, round, sizes.events());
        double peerSeconds = peer.append(events);
        List<byte[]> requests = requests(events);
        long began = System.nanoTime();
        double seconds = RawLoad.run(server.socket(), requests, CONNECTIONS);
        server.part(FactStore.class).settle();
        if (round >= WARM_UPS) {
          ours.add(events.size() / seconds);
          readable.add(events.size() / Samples.secondsSince(began));
          appended.add(events.size() / peerSeconds);
          shares.add(peerSeconds / seconds);
        }
      }
      long kept = server.part(FactStore.class).totals().events();
      if (kept != (long) sizes.events() * (WARM_UPS + ROUNDS)) {
        throw new IllegalStateException("not every event is there, but " + kept);
      }
      return List.of(
          Figure.rate("events, durable", ours, appended, shares, LEAST_SHARE),
          Figure.shown("  until readable", Figure.number(readable.median()) + "/s", ""));
    }
  }

  private static List<Event> events(Random random, int round, int count) {
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int amount = 100 + random.nextInt(20_000);
      String item = "SKU-" + random.nextInt(5_000);
      events.add(
          new Event(
              (long) round * count + i,
              random.nextInt(USERS),
              random.nextInt(4) == 0 ? "Charged" : "Product Viewed",
              FIRST_AT + round * 1_000_000L + i,
              amount,
              item,
              "{\"Amount\":" + amount + ",\"Item\":\"" + item + "\",\"Currency\":\"INR\"}"));
    }
    return events;
  }

  private static List<byte[]> requests(List<Event> events) {
    List<byte[]> requests = new ArrayList<>();
    for (int from = 0; from < events.size(); from += EVENTS_A_REQUEST) {
      StringBuilder body = new StringBuilder(EVENTS_A_REQUEST * 180).append("{\"d\":[");
      List<Event> some = events.subList(from, Math.min(events.size(), from + EVENTS_A_REQUEST));
      for (Event event : some) {
        body.append("{\"type\":\"event\",\"identity\":\"user-")
            .append(event.user())
            .append("\",\"ts\":")
            .append(event.at())
            .append(",\"evtName\":\"")
            .append(event.name())
            .append("\",\"evtData\":")
            .append(event.properties())
            .append("},");
      }
      body.setLength(body.length() - 1);
      requests.add(
          RawLoad.post(
              "/1/upload",
              List.of("X-CleverTap-Passcode: " + BenchServer.KEY),
              body.append("]}").toString().getBytes(StandardCharsets.UTF_8)));
    }
    return requests;
  }

  /** A file of DuckDB with one table of the same rows. */
  private static final class Appending implements AutoCloseable {
    private final Connection connection;

    Appending(Path file) throws SQLException {
      connection = DriverManager.getConnection("jdbc:duckdb:" + file);
      execute(
          "CREATE TABLE event (id BIGINT, user_key BIGINT, name VARCHAR, \"at\" TIMESTAMP,"
              + " received_at TIMESTAMP, amount INTEGER, item VARCHAR, properties VARCHAR)");
    }

    double append(List<Event> events) throws SQLException {
      long began = System.nanoTime();
      for (int from = 0; from < events.size(); from += ROWS_A_COMMIT) {
        execute("BEGIN TRANSACTION");
        try (DuckDBAppender appender =
            connection
                .unwrap(DuckDBConnection.class)
                .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "event")) {
          for (Event event : events.subList(from, Math.min(events.size(), from + ROWS_A_COMMIT))) {
            append(appender, event);
          }
        }
        execute("COMMIT");
      }
      return Samples.secondsSince(began);
    }

    private static void append(DuckDBAppender appender, Event event) throws SQLException {
      appender
          .beginRow()
          .append(event.id())
          .append((long) event.user())
          .append(event.name())
          .appendEpochMicros(event.at() * 1_000_000)
          .appendEpochMicros(event.at() * 1_000_000)
          .append(event.amount())
          .append(event.item())
          .append(event.properties())
          .endRow();
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }
}
