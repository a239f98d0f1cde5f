package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.json.NotAnObjectException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.DeadLetters;
import dev.carillon.storage.embedded.tables.KeptCount;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges a batch's changes into the profiles that they are about: all changes of a user at once,
 * and so many users together as fit in memory. For the applier's thread alone.
 */
public final class ProfileWriter {
  /** Bytes of stored profiles that are in memory together, by one profile more. */
  private static final long BYTES_TOGETHER = 32L << 20;

  /** So many profiles fit whatever their size. */
  private static final int FEW = (int) (BYTES_TOGETHER / (2 * DataLimits.PROFILE_BYTES));

  private final ProfileMerge merge;
  private final ContactGuard contacts;
  private final KeptCount refused;
  private final DeadLetters deadLetters;
  private final Map<Long, List<ProfileChange>> wanted = new LinkedHashMap<>();

  /**
   * @param refused counts the changes of properties for which profiles have no room
   */
  public ProfileWriter(
      ProfileMerge merge, ContactGuard contacts, KeptCount refused, DeadLetters deadLetters) {
    this.merge = merge;
    this.contacts = contacts;
    this.refused = refused;
    this.deadLetters = deadLetters;
  }

  /** Notes a change of a user. */
  public void want(long userKey, ProfileChange change) {
    wanted.computeIfAbsent(userKey, any -> new ArrayList<>(2)).add(change);
  }

  public void forget() {
    wanted.clear();
  }

  /**
   * Writes the profiles of all users that changes were noted of, and of those who are new.
   *
   * @param fresh the users who are not in the store
   */
  public void write(DuckSession session, Map<Long, ProfileTable.Row> fresh, ApplyProgress progress)
      throws SQLException {
    List<ProfileTable.Row> rows = new ArrayList<>(fresh.size());
    fresh.values().forEach(row -> rows.add(merged(row)));
    ProfileTable.append(session, rows);
    for (List<Long> known : together(session)) {
      rows.clear();
      Map<Long, ProfileTable.Row> before = ProfileTable.read(session, known);
      before.values().forEach(row -> rows.add(merged(row)));
      ProfileTable.replace(session, before, rows);
    }
    rows.clear();
    for (Map.Entry<Long, List<ProfileChange>> left : Map.copyOf(wanted).entrySet()) {
      rows.add(merged(seen(left.getKey(), left.getValue().getFirst(), progress)));
    }
    ProfileTable.append(session, rows);
  }

  private static ProfileTable.Row seen(long userKey, ProfileChange first, ApplyProgress progress) {
    return new ProfileTable.Row(
        userKey,
        first.identity().stored(),
        StoredProfile.seen(first.receivedAt()),
        progress.rowBefore());
  }

  private ProfileTable.Row merged(ProfileTable.Row row) {
    List<ProfileChange> changes = wanted.remove(row.userKey());
    if (changes == null) {
      return row;
    }
    StoredProfile after;
    try {
      after = merge.merge(row.profile(), contacts.allowed(row, changes));
      deadLetters.applied();
    } catch (NotAnObjectException one) {
      after = mergedOneByOne(row, changes);
    }
    refused.add(ProfileMerge.refused(after) - ProfileMerge.refused(row.profile()));
    return row.with(after);
  }

  private StoredProfile mergedOneByOne(ProfileTable.Row row, List<ProfileChange> changes) {
    StoredProfile after = row.profile();
    for (ProfileChange change : changes) {
      try {
        after = merge.merge(after, contacts.allowed(row, List.of(change)));
        deadLetters.applied();
      } catch (NotAnObjectException malformed) {
        deadLetters.put(new Entry.OfProfile(change), String.valueOf(malformed.getMessage()));
      }
    }
    return after;
  }

  /** The users with changes left, in groups whose profiles fit in memory. */
  private List<List<Long>> together(DuckSession session) throws SQLException {
    if (wanted.size() <= FEW) {
      return wanted.isEmpty() ? List.of() : List.of(List.copyOf(wanted.keySet()));
    }
    List<List<Long>> groups = new ArrayList<>();
    List<Long> group = new ArrayList<>();
    long bytes = 0;
    for (Map.Entry<Long, Long> size : ProfileTable.sizes(session, wanted.keySet()).entrySet()) {
      group.add(size.getKey());
      bytes += size.getValue();
      if (bytes > BYTES_TOGETHER) {
        groups.add(List.copyOf(group));
        group.clear();
        bytes = 0;
      }
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
