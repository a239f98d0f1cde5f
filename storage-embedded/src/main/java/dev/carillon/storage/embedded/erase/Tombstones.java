package dev.carillon.storage.embedded.erase;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.tables.KeyFilter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who was deleted and when: identities and addresses as hashes (SipHash with a key of this store),
 * which say nothing by themselves and recognise users who come again. All are in the table; a
 * filter in memory says of nearly all others that they were never deleted (3.6 bytes a hash), and
 * those that were looked up lately are remembered. For the applier's thread alone.
 */
public final class Tombstones {
  private static final int IDENTITY = 0;
  private static final int ADDRESS = 1;

  /** What may be a provider's id of a person. */
  private static final Pattern ID =
      Pattern.compile("(?<![A-Za-z0-9.])[A-Z]{2}\\.[A-Za-z0-9.]{1,128}(?![A-Za-z0-9.])");

  private static final List<Pattern> ADDRESSES =
      Stream.concat(AddressKinds.inText().stream(), Stream.of(ID)).toList();

  private static final long LEAST_IN_FILTER = 10_000;

  /** One look into the table, of some milliseconds, for fifty thousand raw callbacks. */
  private static final double FALSE_POSITIVES = 0.000_001;

  /** More than a batch has entries; some 100 bytes each. */
  private static final int REMEMBERED = 100_000;

  private record Stone(int kind, long hash) {
    private long key() {
      return hash ^ kind;
    }
  }

  private final Cache<Stone, Optional<Instant>> lately =
      CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

  /** Of all that is in the table, and perhaps of more; null when no user was ever deleted. */
  private @Nullable KeyFilter filter;

  private @Nullable HashFunction hash;

  public void load(DuckSession session) throws SQLException {
    lately.invalidateAll();
    filter = null;
    long all = session.number("SELECT count(*) FROM tombstone");
    if (all > 0) {
      KeyFilter made = new KeyFilter(all, LEAST_IN_FILTER, FALSE_POSITIVES);
      session.each(
          "SELECT kind, hash FROM tombstone",
          row -> made.add(new Stone(row.getInt(1), row.getLong(2)).key()));
      filter = made;
    }
    hash =
        session
            .first(
                "SELECT first, second FROM tombstone_key",
                row -> Hashing.sipHash24(row.getLong(1), row.getLong(2)))
            .orElseThrow();
  }

  /** What was put may not have been kept. */
  public void forget() {
    hash = null;
  }

  public void loadIfForgotten(DuckSession session) throws SQLException {
    if (hash == null) {
      load(session);
    }
  }

  boolean isEmpty() {
    return filter == null;
  }

  /** When the user with this identity was deleted last; null when he never was. */
  @Nullable Instant of(DuckSession session, Identity identity) throws SQLException {
    return find(session, new Stone(IDENTITY, hash(identity.stored())));
  }

  /**
   * When the user with this address, in whatever spelling, was deleted last; null when none was.
   */
  @Nullable Instant ofAddress(DuckSession session, String address) throws SQLException {
    Instant latest = null;
    for (String spelling : AddressKinds.spellings(AddressKinds.canonical(address))) {
      Instant at = find(session, new Stone(ADDRESS, hash(spelling)));
      latest = at == null || (latest != null && latest.isAfter(at)) ? latest : at;
    }
    return latest;
  }

  /**
   * Looks up at once those of the identities that may have been deleted; spares a look for each.
   */
  void lookUp(DuckSession session, Collection<Identity> identities) throws SQLException {
    Set<Long> asked = new HashSet<>();
    for (Identity identity : identities) {
      Stone stone = new Stone(IDENTITY, hash(identity.stored()));
      if (mayBeThere(stone) && lately.getIfPresent(stone) == null) {
        asked.add(stone.hash());
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    Staging.keys(session, asked);
    session.each(
        "SELECT hash, max(\"at\") AS \"at\" FROM tombstone WHERE kind = "
            + IDENTITY
            + " AND hash IN (SELECT k FROM stage_key) GROUP BY hash",
        row ->
            lately.put(
                new Stone(IDENTITY, row.getLong(1)), Optional.of(DuckSession.instant(row, "at"))));
  }

  private boolean mayBeThere(Stone stone) {
    KeyFilter known = filter;
    return known != null && known.mayContain(stone.key());
  }

  private @Nullable Instant find(DuckSession session, Stone stone) throws SQLException {
    if (!mayBeThere(stone)) {
      return null;
    }
    Optional<Instant> known = lately.getIfPresent(stone);
    if (known == null) {
      known =
          session.first(
              "SELECT \"at\" FROM tombstone WHERE kind = ? AND hash = ? ORDER BY \"at\" DESC",
              row -> DuckSession.instant(row, "at"),
              stone.kind(),
              stone.hash());
      lately.put(stone, known);
    }
    return known.orElse(null);
  }

  /** The deleted addresses that a text names, and when they were deleted. */
  Map<String, Instant> named(DuckSession session, byte[] text) throws SQLException {
    Map<String, Instant> named = new HashMap<>();
    String read = new String(text, StandardCharsets.ISO_8859_1);
    for (Pattern address : ADDRESSES) {
      Matcher matcher = address.matcher(read);
      while (matcher.find()) {
        String found = AddressKinds.canonical(matcher.group());
        Instant at = ofAddress(session, found);
        if (at != null) {
          named.put(found, at);
        }
      }
    }
    return named;
  }

  void add(DuckSession session, Identity identity, Instant at) throws SQLException {
    add(session, new Stone(IDENTITY, hash(identity.stored())), at);
  }

  void addAddress(DuckSession session, String address, Instant at) throws SQLException {
    add(session, new Stone(ADDRESS, hash(address)), at);
  }

  private void add(DuckSession session, Stone stone, Instant at) throws SQLException {
    session.update("INSERT INTO tombstone VALUES (?, ?, ?)", stone.kind(), stone.hash(), at);
    lately.invalidate(stone);
    KeyFilter known = filter;
    if (known == null) {
      known = new KeyFilter(0, LEAST_IN_FILTER, FALSE_POSITIVES);
      filter = known;
    }
    known.add(stone.key());
  }

  /** A number in the place of a text that is to be told apart from others and not to be read. */
  long hash(String text) {
    HashFunction keyed = hash;
    if (keyed == null) {
      throw new IllegalStateException("not loaded");
    }
    return keyed.hashString(text, StandardCharsets.UTF_8).asLong();
  }
}
