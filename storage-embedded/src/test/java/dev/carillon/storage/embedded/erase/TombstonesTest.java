package dev.carillon.storage.embedded.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactSchema;
import dev.carillon.storage.embedded.duckdb.MemoryDuck;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tombstones are known as well as maps of all of them know them, also after a rollback. */
class TombstonesTest {
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
  private static final int PEOPLE = 2_000;

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Integer, Instant> identities = new HashMap<>();
  private final Map<Integer, Instant> addresses = new HashMap<>();

  @Test
  void knowWhatMapsOfAllKnow() throws SQLException {
    try (DuckSession session = MemoryDuck.session()) {
      FactSchema.create(session.connection());
      Tombstones tombstones = new Tombstones();
      tombstones.load(session);
      assertThat(tombstones.isEmpty()).isTrue();
      for (int round = 0; round < 20; round++) {
        boolean rollBack = round > 0 && random.nextInt(3) == 0;
        session.execute("BEGIN TRANSACTION");
        for (int i = 0; i < 60; i++) {
          add(session, tombstones, random.nextInt(PEOPLE), !rollBack);
        }
        session.execute(rollBack ? "ROLLBACK" : "COMMIT");
        if (rollBack) {
          tombstones.forget();
          tombstones.loadIfForgotten(session);
        }
        assertKnown(session, tombstones);
      }
      assertThat(tombstones.isEmpty()).isFalse();
    }
  }

  private void add(DuckSession session, Tombstones tombstones, int person, boolean kept)
      throws SQLException {
    Instant at = AT.plusSeconds(random.nextInt(1_000));
    if (random.nextBoolean()) {
      tombstones.add(session, identity(person), at);
      if (kept) {
        identities.merge(person, at, TombstonesTest::later);
      }
    } else {
      tombstones.addAddress(session, address(person), at);
      if (kept) {
        addresses.merge(person, at, TombstonesTest::later);
      }
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void assertKnown(DuckSession session, Tombstones tombstones) throws SQLException {
    List<Identity> asked = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person += 3) {
      asked.add(identity(person));
    }
    tombstones.lookUp(session, asked);
    for (int person = 0; person < PEOPLE; person++) {
      assertThat(tombstones.of(session, identity(person)))
          .as("%s with -Dtest.seed=%s", identity(person), seed)
          .isEqualTo(identities.get(person));
      Instant at = addresses.get(person);
      assertThat(tombstones.ofAddress(session, address(person))).isEqualTo(at);
      byte[] text = ("{\"from\":\"" + address(person) + "\"}").getBytes(StandardCharsets.UTF_8);
      assertThat(tombstones.named(session, text))
          .isEqualTo(at == null ? Map.of() : Map.of(address(person), at));
    }
  }

  /** With the digits of the address, so that only the kind tells them apart. */
  private static Identity identity(int person) {
    return Identity.user(address(person));
  }

  private static String address(int person) {
    return String.valueOf(919_876_500_000L + person);
  }
}
