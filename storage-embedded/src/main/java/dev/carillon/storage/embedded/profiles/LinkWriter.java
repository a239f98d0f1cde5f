package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.KeptCount;
import dev.carillon.storage.embedded.tables.StaleRuns;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBAppender;

/**
 * Makes two identities one: the profile of the one given up becomes part of the other's, and its
 * events, messages and places on lists get the kept key. The first link of an identity stays; one
 * that would close a circle says nothing new.
 */
public final class LinkWriter {
  private record Link(Identity from, long end, Instant receivedAt) {}

  private final ProfileMerge merge;
  private final ContactGuard contacts;
  private final KeptCount refused;

  /**
   * @param refused counts the changes of properties for which profiles have no room
   */
  public LinkWriter(ProfileMerge merge, ContactGuard contacts, KeptCount refused) {
    this.merge = merge;
    this.contacts = contacts;
    this.refused = refused;
  }

  /** Writes the links; returns the kept keys that got records of others. */
  public Set<Long> write(DuckSession session, List<IdentityLink> links, ApplyProgress progress)
      throws SQLException {
    if (links.isEmpty()) {
      return Set.of();
    }
    Map<Long, Long> ends = new HashMap<>();
    Set<Long> involved = new HashSet<>();
    for (IdentityLink link : links) {
      involved.add(link.from().key());
      involved.add(link.to().key());
    }
    Staging.keys(session, involved);
    session.each(
        "SELECT from_key, to_key FROM identity_link WHERE from_key IN (SELECT k FROM stage_key)",
        row -> ends.put(row.getLong(1), row.getLong(2)));
    involved.addAll(ends.values());
    Map<Long, ProfileTable.Row> rows = ProfileTable.read(session, involved);
    Map<Long, ProfileTable.Row> had = Map.copyOf(rows);
    long firstPos = rows.values().stream().mapToLong(ProfileTable.Row::firstPos).min().orElse(0);
    Map<Long, Link> fresh = new HashMap<>();
    Map<Long, Long> moved = new HashMap<>();
    for (IdentityLink link : links) {
      join(link, ends, rows, fresh, moved, progress);
    }
    if (fresh.isEmpty()) {
      return Set.of();
    }
    ProfileTable.replace(session, had, rows.values());
    writeLinks(session, fresh, ends);
    return move(session, moved, ends, firstPos);
  }

  /** Gives the messages of a run that was planned meanwhile the keys that users have now. */
  public void catchUp(DuckSession session, StaleRuns.Run run) throws SQLException {
    session.update(
        """
        UPDATE message SET user_key = l.to_key FROM identity_link l
        WHERE message.campaign = ? AND message.run = ? AND message.user_key = l.from_key\
        """,
        run.campaign(),
        run.run());
  }

  private void join(
      IdentityLink link,
      Map<Long, Long> ends,
      Map<Long, ProfileTable.Row> rows,
      Map<Long, Link> fresh,
      Map<Long, Long> moved,
      ApplyProgress progress) {
    long from = link.from().key();
    long to = end(ends, link.to().key());
    if (ends.containsKey(from) || to == from || collides(rows, link)) {
      return;
    }
    ends.put(from, to);
    fresh.put(from, new Link(link.from(), to, link.receivedAt()));
    ProfileTable.Row kept =
        rows.computeIfAbsent(
            to,
            key ->
                new ProfileTable.Row(
                    key,
                    link.to().stored(),
                    StoredProfile.seen(link.receivedAt()),
                    progress.rowBefore()));
    ProfileTable.Row givenUp = rows.remove(from);
    if (givenUp != null) {
      moved.put(from, to);
      StoredProfile brought = contacts.allowed(link, kept, givenUp.profile());
      StoredProfile joined = merge.merge(kept.profile(), brought);
      refused.add(
          ProfileMerge.refused(joined)
              - ProfileMerge.refused(kept.profile())
              - ProfileMerge.refused(brought));
      rows.put(
          to,
          new ProfileTable.Row(
              to, kept.identity(), joined, Math.min(kept.firstPos(), givenUp.firstPos())));
    }
  }

  /** Follows links to where they end. */
  private static long end(Map<Long, Long> ends, long key) {
    long end = key;
    Long next = ends.get(end);
    while (next != null) {
      end = next;
      next = ends.get(end);
    }
    return end;
  }

  private static boolean collides(Map<Long, ProfileTable.Row> rows, IdentityLink link) {
    return belongsToAnother(rows, link.from()) || belongsToAnother(rows, link.to());
  }

  private static boolean belongsToAnother(Map<Long, ProfileTable.Row> rows, Identity identity) {
    ProfileTable.Row row = rows.get(identity.key());
    return row != null && !row.identity().equals(identity.stored());
  }

  private static void writeLinks(DuckSession session, Map<Long, Link> fresh, Map<Long, Long> ends)
      throws SQLException {
    stageMoves(session, fresh.keySet(), ends);
    session.execute(
        """
        UPDATE identity_link SET to_key = m.end_key FROM stage_move m
        WHERE identity_link.to_key = m.from_key\
        """);
    try (DuckDBAppender appender = session.appender("identity_link")) {
      for (Map.Entry<Long, Link> link : fresh.entrySet()) {
        appender
            .beginRow()
            .append((long) link.getKey())
            .append(link.getValue().from().stored())
            .append(end(ends, link.getKey()))
            .appendEpochMicros(Micros.of(link.getValue().receivedAt()))
            .endRow();
      }
      appender.flush();
    }
  }

  /**
   * Gives the records of known users their new key.
   *
   * @param firstPos none of their events has a smaller number, which spares most of the table
   */
  private static Set<Long> move(
      DuckSession session, Map<Long, Long> moved, Map<Long, Long> ends, long firstPos)
      throws SQLException {
    if (moved.isEmpty()) {
      return Set.of();
    }
    stageMoves(session, moved.keySet(), ends);
    session.update(
        """
        UPDATE event SET user_key = m.end_key FROM stage_move m
        WHERE event.user_key = m.from_key AND event.pos >= ?\
        """,
        firstPos);
    session.execute(
        """
        UPDATE message SET user_key = m.end_key FROM stage_move m
        WHERE message.user_key = m.from_key\
        """);
    session.execute(
        "UPDATE send SET user_key = m.end_key FROM stage_move m WHERE send.user_key = m.from_key");
    session.execute(
        "UPDATE endpoint SET user_key = m.end_key FROM stage_move m"
            + " WHERE endpoint.user_key = m.from_key");
    session.execute(
        """
        UPDATE list_member SET user_key = m.end_key FROM stage_move m
        WHERE list_member.user_key = m.from_key\
        """);
    HashSet<Long> kept = new HashSet<>();
    moved.keySet().forEach(from -> kept.add(end(ends, from)));
    return kept;
  }

  private static void stageMoves(DuckSession session, Collection<Long> froms, Map<Long, Long> ends)
      throws SQLException {
    session.execute("CREATE OR REPLACE TEMP TABLE stage_move (from_key BIGINT, end_key BIGINT)");
    ArrayList<Long> ordered = new ArrayList<>(froms);
    try (DuckDBAppender appender = session.temporaryAppender("stage_move")) {
      for (long from : ordered) {
        appender.beginRow().append(from).append(end(ends, from)).endRow();
      }
      appender.flush();
    }
  }
}
