package dev.carillon.storage.embedded.callbacks;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.Hashing;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.KeyFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * What our messages call an address that a provider writes otherwise. All of it is in the table; a
 * filter in memory says of most addresses that they have no other name, and those that were looked
 * up lately are remembered. For the applier's thread alone.
 */
public final class AddressAliases {
  /** Some 300 bytes each. */
  private static final int REMEMBERED = 20_000;

  private static final long LEAST_IN_FILTER = 100_000;
  private static final double FALSE_POSITIVES = 0.0001;

  /** An address as the provider writes it. */
  public record Named(Channel channel, String providerAddress) {
    private long key() {
      return Hashing.murmur3_128()
          .newHasher()
          .putUnencodedChars(channel.key())
          .putUnencodedChars(providerAddress)
          .hash()
          .asLong();
    }
  }

  private final Cache<Named, Set<String>> lately =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

  /** Of all that is in the table, and perhaps of more. */
  private @Nullable KeyFilter filter;

  /** What was looked up may not hold any more. */
  void forget() {
    lately.invalidateAll();
  }

  /**
   * The other names of each of the addresses, by one look into the table; without those of none.
   */
  public Map<Named, Set<String>> of(DuckSession session, Collection<Named> addresses)
      throws SQLException {
    KeyFilter known = filter(session);
    HashMap<Named, Set<String>> found = new HashMap<>();
    HashSet<Named> asked = new HashSet<>();
    for (Named named : addresses) {
      if (known.mayContain(named.key())) {
        Set<String> names = lately.getIfPresent(named);
        if (names == null) {
          asked.add(named);
        } else {
          found.put(named, names);
        }
      }
    }
    if (!asked.isEmpty()) {
      found.putAll(lookUp(session, asked));
    }
    return found;
  }

  private Map<Named, Set<String>> lookUp(DuckSession session, Set<Named> asked)
      throws SQLException {
    HashMap<Named, Set<String>> names = new HashMap<>();
    asked.forEach(named -> names.put(named, new HashSet<>()));
    session.execute(
        "CREATE OR REPLACE TEMP TABLE stage_named (channel VARCHAR, provider_address VARCHAR)");
    try (DuckDBAppender appender = session.temporaryAppender("stage_named")) {
      for (Named named : asked) {
        appender.beginRow().append(named.channel().key()).append(named.providerAddress()).endRow();
      }
      appender.flush();
    }
    session.each(
        """
        SELECT a.channel, a.provider_address, a.address
        FROM address_alias a JOIN stage_named n
          ON n.provider_address = a.provider_address AND n.channel = a.channel\
        """,
        row -> {
          Channel channel = Channel.ofKey(row.getString(1)).orElseThrow();
          Set<String> known = names.get(new Named(channel, row.getString(2)));
          if (known != null) {
            known.add(row.getString(3));
          }
        });
    names.forEach(lately::put);
    return names;
  }

  /**
   * Keeps those that are new. A consent that was given for the provider's name of an address holds
   * for ours as well.
   */
  void write(DuckSession session, List<Entry.AddressAlias> aliases) throws SQLException {
    if (aliases.isEmpty()) {
      return;
    }
    List<Entry.AddressAlias> fresh = fresh(session, aliases);
    if (fresh.isEmpty()) {
      return;
    }
    session.execute("CREATE OR REPLACE TEMP TABLE stage_alias AS FROM address_alias LIMIT 0");
    try (DuckDBAppender appender = session.temporaryAppender("stage_alias")) {
      for (Entry.AddressAlias alias : fresh) {
        appender
            .beginRow()
            .append(alias.channel().key())
            .append(alias.providerAddress())
            .append(alias.address())
            .endRow();
      }
      appender.flush();
    }
    session.execute("INSERT INTO address_alias FROM stage_alias");
    session.execute(
        """
        INSERT INTO consent SELECT c.channel, s.address, c.subscribed, c."at", c.connection
        FROM consent c JOIN stage_alias s
          ON s.provider_address = c.address AND s.channel = c.channel\
        """);
  }

  private List<Entry.AddressAlias> fresh(DuckSession session, List<Entry.AddressAlias> aliases)
      throws SQLException {
    Map<Named, Set<String>> known =
        of(session, aliases.stream().map(AddressAliases::named).toList());
    KeyFilter all = filter(session);
    ArrayList<Entry.AddressAlias> fresh = new ArrayList<>();
    for (Entry.AddressAlias alias : aliases) {
      Named named = named(alias);
      Set<String> names = known.computeIfAbsent(named, any -> new HashSet<>());
      if (names.add(alias.address())) {
        fresh.add(alias);
        all.add(named.key());
        lately.put(named, names);
      }
    }
    return fresh;
  }

  private static Named named(Entry.AddressAlias alias) {
    return new Named(alias.channel(), alias.providerAddress());
  }

  private KeyFilter filter(DuckSession session) throws SQLException {
    KeyFilter existing = filter;
    if (existing != null) {
      return existing;
    }
    KeyFilter made =
        new KeyFilter(
            session.number("SELECT count(*) FROM address_alias"), LEAST_IN_FILTER, FALSE_POSITIVES);
    session.each(
        "SELECT channel, provider_address FROM address_alias",
        row ->
            made.add(
                new Named(Channel.ofKey(row.getString(1)).orElseThrow(), row.getString(2)).key()));
    filter = made;
    return made;
  }
}
