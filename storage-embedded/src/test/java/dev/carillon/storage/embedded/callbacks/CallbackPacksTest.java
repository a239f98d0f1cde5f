package dev.carillon.storage.embedded.callbacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.facts.Entry.RawCallback;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raw callbacks come out of their packs as they went in, and are found and deleted one by one. */
class CallbackPacksTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456Z");

  @TempDir Path folder;
  private DuckDatabase database;
  private DuckSession session;

  @BeforeEach
  void open() throws SQLException {
    database = new DuckDatabase(folder, 256, 2);
    session = database.session();
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
    database.close();
  }

  @RepeatedTest(4)
  void whatIsDeletedIsGoneAndTheRestIsAsItCame(RepetitionInfo repetition) throws SQLException {
    long seed = 4_400L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<RawCallback> all = callbacks(random);
    for (int from = 0; from < all.size(); ) {
      int to = Math.min(all.size(), from + 1 + random.nextInt(700));
      CallbackPacks.append(session, all.subList(from, to));
      from = to;
    }
    same(CallbackPacks.read(session, ids(all)), all, seed);
    List<RawCallback> some = all.stream().filter(any -> random.nextInt(40) == 0).toList();
    same(CallbackPacks.read(session, ids(some)), some, seed);

    Set<Long> naming = new HashSet<>();
    all.stream()
        .filter(one -> new String(one.body(), UTF_8).contains("Zyx\u00fc"))
        .forEach(one -> naming.add(one.id()));
    assertThat(CallbackPacks.naming(session, Set.of("nobody", "Zyx\u00fc")))
        .as("seed %s", seed)
        .isEqualTo(naming)
        .isNotEmpty();

    Staging.keys(session, naming);
    CallbackPacks.deleteStaged(session, naming);
    assertThat(CallbackPacks.naming(session, Set.of("Zyx\u00fc"))).as("seed %s", seed).isEmpty();
    same(
        CallbackPacks.read(session, ids(all)),
        all.stream().filter(one -> !naming.contains(one.id())).toList(),
        seed);
  }

  @Test
  void theTableOfAnEarlierVersionIsTakenOver() throws SQLException {
    session.execute(
        "CREATE TABLE inbox (id BIGINT, connection INTEGER, received_at TIMESTAMP, body BLOB)");
    List<RawCallback> all = callbacks(new Random(7));
    for (RawCallback callback : all) {
      session.update(
          "INSERT INTO inbox VALUES (?, ?, ?, ?)",
          callback.id(),
          callback.connection(),
          callback.receivedAt(),
          callback.body());
    }
    CallbackPacks.adopt(session);
    CallbackPacks.adopt(session);
    same(CallbackPacks.read(session, ids(all)), all, 7);
    assertThat(session.number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'inbox'"))
        .isZero();
  }

  private static List<RawCallback> callbacks(Random random) {
    List<RawCallback> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      byte[] body = new byte[random.nextInt(100) == 0 ? random.nextInt(400_000) : 0];
      random.nextBytes(body);
      if (body.length == 0) {
        String person = random.nextInt(200) == 0 ? "Zyx\u00fc" : "person" + random.nextInt(900);
        body = ("{\"statuses\":[{\"recipient\":\"" + person + "\"}]}").getBytes(UTF_8);
      }
      all.add(new RawCallback(1 + 3L * i, 1 + i % 2, AT.plusMillis(i), body));
    }
    return all;
  }

  private static long[] ids(List<RawCallback> callbacks) {
    return callbacks.stream().mapToLong(RawCallback::id).toArray();
  }

  /** A callback whose bodies can be compared. */
  private record Came(long id, int connection, Instant receivedAt, String body) {
    static Came of(RawCallback callback) {
      return new Came(
          callback.id(),
          callback.connection(),
          callback.receivedAt(),
          new String(callback.body(), ISO_8859_1));
    }
  }

  private static void same(List<RawCallback> found, List<RawCallback> expected, long seed) {
    assertThat(found.stream().map(Came::of).toList())
        .as("seed %s", seed)
        .isEqualTo(expected.stream().map(Came::of).toList());
  }
}
