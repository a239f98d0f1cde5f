package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Identity;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Finds for identities the keys under which their records are kept, over identity links, and
 * notices keys that belong to another identity. For the applier's thread alone.
 */
public final class UserDirectory {
  private record Met(long key, Identity identity, long end) {}

  /** What was found for the identities of one batch. */
  public static final class Found {
    private final Map<Long, Met> met = new HashMap<>();
    private final Map<Long, Identity> fresh = new HashMap<>();
    private final KnownUsers known;

    private Found(KnownUsers known) {
      this.known = known;
    }

    /**
     * The key under which the identity's records are kept, or {@link KnownUsers#UNKNOWN} when its
     * key belongs to another identity.
     */
    public long end(long key, Identity identity) {
      long end = known.end(key, identity);
      if (end != KnownUsers.UNKNOWN) {
        return end;
      }
      Met one = met.get(key);
      return one == null || !one.identity().equals(identity) ? KnownUsers.UNKNOWN : one.end();
    }

    /** The identities that no profile is kept of yet, by key. */
    public Map<Long, Identity> fresh() {
      return fresh;
    }
  }

  private final KnownUsers known = new KnownUsers();
  private final Map<Long, Identity> wanted = new LinkedHashMap<>();

  /** Notes an identity of the batch. */
  public void want(long key, Identity identity) {
    if (known.end(key, identity) == KnownUsers.UNKNOWN) {
      wanted.putIfAbsent(key, identity);
    }
  }

  /** Looks up all that are wanted. */
  public Found find(DuckSession session) throws SQLException {
    Found found = new Found(known);
    if (wanted.isEmpty()) {
      return found;
    }
    Staging.keys(session, wanted.keySet());
    session.each(
        """
        SELECT s.k, l.from_identity, l.to_key, p.identity
        FROM stage_key s
        LEFT JOIN identity_link l ON l.from_key = s.k
        LEFT JOIN profile p ON p.user_key = s.k""",
        row -> {
          long key = row.getLong(1);
          Identity identity = Objects.requireNonNull(wanted.get(key));
          String linked = row.getString(2);
          String stored = linked == null ? row.getString(4) : linked;
          if (stored == null) {
            found.fresh.put(key, identity);
            found.met.put(key, new Met(key, identity, key));
          } else if (stored.equals(identity.stored())) {
            found.met.put(key, new Met(key, identity, linked == null ? key : row.getLong(3)));
          }
        });
    return found;
  }

  /** Remembers what was found, now that it is committed. */
  public void committed(Found found) {
    found.met.values().forEach(met -> known.remember(met.key(), met.identity(), met.end()));
    wanted.clear();
  }

  /** Forgets everything that a link, or a transaction that failed, may have made untrue. */
  public void forget() {
    known.clear();
    wanted.clear();
  }
}
