package dev.carillon.storage.embedded.facts;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.carillon.core.user.Identity;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who was deleted and when: identities and addresses as hashes (SipHash with a key of this store),
 * which tell nothing by themselves and recognise who comes again. For the applier's thread alone.
 */
final class Tombstones {
  private static final int IDENTITY = 0;
  private static final int ADDRESS = 1;

  /** The shortest and the longest run of digits that may be a phone number. */
  private static final int SHORTEST = 6;

  private static final int LONGEST = 18;

  private record Stone(int kind, long hash) {}

  private final Map<Stone, Instant> stones = new HashMap<>();
  private @Nullable HashFunction hash;

  void load(DuckSession session) throws SQLException {
    stones.clear();
    session.each(
        "SELECT kind, hash, \"at\" FROM tombstone",
        row -> put(new Stone(row.getInt(1), row.getLong(2)), DuckSession.instant(row, "at")));
    hash =
        session
            .first(
                "SELECT first, second FROM tombstone_key",
                row -> Hashing.sipHash24(row.getLong(1), row.getLong(2)))
            .orElseThrow();
  }

  /** What was put may not have been kept. */
  void forget() {
    hash = null;
  }

  void loadIfForgotten(DuckSession session) throws SQLException {
    if (hash == null) {
      load(session);
    }
  }

  boolean isEmpty() {
    return stones.isEmpty();
  }

  /** When the user with this identity was deleted last; null when he never was. */
  @Nullable Instant of(Identity identity) {
    return stones.get(new Stone(IDENTITY, hash(identity.stored())));
  }

  /** When the user with this address was deleted last; null when none was. */
  @Nullable Instant ofAddress(String address) {
    return stones.get(new Stone(ADDRESS, hash(address)));
  }

  /** The deleted addresses that a text names, and when they were deleted. */
  Map<String, Instant> named(byte[] text) {
    Map<String, Instant> named = new HashMap<>();
    int from = 0;
    for (int i = 0; i <= text.length; i++) {
      boolean digit = i < text.length && text[i] >= '0' && text[i] <= '9';
      if (digit) {
        continue;
      }
      if (i - from >= SHORTEST && i - from <= LONGEST) {
        String run = new String(text, from, i - from, StandardCharsets.US_ASCII);
        Instant at = ofAddress(run);
        if (at != null) {
          named.put(run, at);
        }
      }
      from = i + 1;
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
    put(stone, at);
    session.update("INSERT INTO tombstone VALUES (?, ?, ?)", stone.kind(), stone.hash(), at);
  }

  private void put(Stone stone, Instant at) {
    stones.merge(stone, at, (one, other) -> one.isAfter(other) ? one : other);
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
