package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Identity;
import java.util.Arrays;

/**
 * Remembers users that were met lately, so that most events need no look into the store. A fixed
 * table that forgets: what it says is so, and what it does not know must be looked up.
 */
public final class KnownUsers {
  /** Says that an identity is not remembered; keys are never negative. */
  public static final long UNKNOWN = -1;

  private static final int SLOTS = 1 << 20;

  private final long[] keys = new long[SLOTS];
  private final long[] ends = new long[SLOTS];
  private final int[] identities = new int[SLOTS];

  KnownUsers() {
    clear();
  }

  /** The key under which the identity's records are kept, or {@link #UNKNOWN}. */
  long end(long key, Identity identity) {
    int slot = slot(key);
    return keys[slot] == key && identities[slot] == fingerprint(identity) ? ends[slot] : UNKNOWN;
  }

  void remember(long key, Identity identity, long end) {
    int slot = slot(key);
    keys[slot] = key;
    ends[slot] = end;
    identities[slot] = fingerprint(identity);
  }

  void clear() {
    Arrays.fill(keys, UNKNOWN);
  }

  /** Beside 63 equal bits of the key, 32 more are proof enough that the identity is the same. */
  private static int fingerprint(Identity identity) {
    return identity.value().hashCode() * 31 + identity.kind().prefix().hashCode();
  }

  private static int slot(long key) {
    return (int) (key >>> 20) & (SLOTS - 1);
  }
}
