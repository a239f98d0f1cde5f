package dev.carillon.storage.embedded.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.callbacks.AddressAliases.Named;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactSchema;
import dev.carillon.storage.embedded.duckdb.MemoryDuck;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More aliases than are remembered are known as well as a map of all of them knows them. */
class AddressAliasesTest {
  private static final int ADDRESSES = 30_000;

  private final long seed = Long.getLong("test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<Named, Set<String>> all = new HashMap<>();
  private DuckSession session;

  @BeforeEach
  void makeTables() throws SQLException {
    session = MemoryDuck.session();
    FactSchema.create(session.connection());
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  @Test
  void knowsWhatAMapOfAllKnows() throws SQLException {
    AddressAliases aliases = new AddressAliases();
    for (int batch = 0; batch < 12; batch++) {
      write(aliases, batch(5_000), random.nextInt(4) == 0);
      if (random.nextInt(5) == 0) {
        aliases = new AddressAliases();
      }
      assertKnown(aliases, ask(500));
    }
    assertKnown(aliases, ask(ADDRESSES));
    assertThat(session.number("SELECT count(*) FROM address_alias"))
        .as("each once, with -Dtest.seed=%s", seed)
        .isEqualTo(all.values().stream().mapToLong(Set::size).sum());
  }

  @Test
  void aConsentOfTheProvidersAddressHoldsForOurs() throws SQLException {
    session.execute(
        """
        INSERT INTO consent VALUES ('whatsapp', '551187654321', false, TIMESTAMP '2026-03-02', 1),
          ('sms', '551187654321', true, TIMESTAMP '2026-03-02', 1)\
        """);
    new AddressAliases()
        .write(
            session,
            List.of(new Entry.AddressAlias(Channel.WHATSAPP, "551187654321", "5511987654321")));
    assertThat(
            session.list(
                "SELECT channel, subscribed FROM consent WHERE address = '5511987654321'",
                row -> row.getString(1) + " " + row.getBoolean(2)))
        .containsExactly("whatsapp false");
  }

  /** Also in a transaction that is rolled back, of which nothing must be known then. */
  private void write(AddressAliases aliases, List<Entry.AddressAlias> batch, boolean rollBack)
      throws SQLException {
    session.execute("BEGIN TRANSACTION");
    aliases.write(session, batch);
    if (rollBack) {
      session.execute("ROLLBACK");
      aliases.forget();
      return;
    }
    session.execute("COMMIT");
    for (Entry.AddressAlias alias : batch) {
      all.computeIfAbsent(
              new Named(alias.channel(), alias.providerAddress()), any -> new HashSet<>())
          .add(alias.address());
    }
  }

  private List<Entry.AddressAlias> batch(int size) {
    List<Entry.AddressAlias> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Named named = named();
      batch.add(
          new Entry.AddressAlias(
              named.channel(),
              named.providerAddress(),
              "9" + named.providerAddress() + (random.nextInt(20) == 0 ? "0" : "")));
    }
    return batch;
  }

  private Named named() {
    Channel[] channels = Channel.values();
    return new Named(
        channels[random.nextInt(channels.length)], String.valueOf(random.nextInt(ADDRESSES)));
  }

  private Set<Named> ask(int size) {
    Set<Named> asked = new HashSet<>();
    for (int i = 0; i < size; i++) {
      asked.add(named());
    }
    return asked;
  }

  private void assertKnown(AddressAliases aliases, Collection<Named> asked) throws SQLException {
    Map<Named, Set<String>> found = aliases.of(session, asked);
    for (Named named : asked) {
      assertThat(found.getOrDefault(named, Set.of()))
          .as("%s with -Dtest.seed=%s", named, seed)
          .isEqualTo(all.getOrDefault(named, Set.of()));
    }
  }
}
