package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.profile.Contacts;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.KeptCount;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps apps and pages, whose keys everybody can copy, from changing how a known person is reached:
 * otherwise anybody could have that person's messages sent to himself. A person is known from the
 * first record on, but for what came in the same body with it. Visitors may say how they are
 * reached. For the applier's thread alone.
 */
public final class ContactGuard {
  private final ProfileMerge merge;
  private final KeptCount refused;

  /** When those who are new with this batch were first spoken of. */
  private final Map<Long, Instant> fresh = new HashMap<>();

  /**
   * @param refused counts the changes that were left out
   */
  public ContactGuard(ProfileMerge merge, KeptCount refused) {
    this.merge = merge;
    this.refused = refused;
  }

  /** Finds out who is new with a batch, before any of it is written. */
  public void expect(DuckSession session, ApplyBatch batch) throws SQLException {
    fresh.clear();
    Set<Long> persons = new HashSet<>();
    for (ProfileChange change : batch.changes) {
      if (!change.trusted() && !isVisitor(change.identity())) {
        persons.add(change.userKey());
      }
    }
    boolean visitors = batch.changes.stream().anyMatch(change -> !change.trusted());
    for (IdentityLink link : batch.links) {
      if (visitors || !link.trusted()) {
        persons.add(link.to().key());
      }
    }
    if (persons.isEmpty()) {
      return;
    }
    for (ProfileChange change : batch.changes) {
      meet(persons, change.userKey(), change.receivedAt());
    }
    for (UserEvent event : batch.events) {
      meet(persons, event.userKey(), event.receivedAt());
    }
    for (IdentityLink link : batch.links) {
      meet(persons, link.to().key(), link.receivedAt());
    }
    Staging.keys(session, persons);
    session.each(
        """
        SELECT user_key FROM profile WHERE user_key IN (SELECT k FROM stage_key)
        UNION ALL SELECT from_key FROM identity_link WHERE from_key IN (SELECT k FROM stage_key)\
        """,
        row -> fresh.remove(row.getLong(1)));
  }

  private void meet(Set<Long> persons, long key, Instant at) {
    if (persons.contains(key)) {
      fresh.merge(key, at, (one, other) -> one.isBefore(other) ? one : other);
    }
  }

  /** The changes of a user, without what their sources may not say. */
  List<ProfileChange> allowed(ProfileTable.Row row, List<ProfileChange> changes) {
    return changes.stream().allMatch(ProfileChange::trusted)
        ? changes
        : changes.stream()
            .map(
                change ->
                    change.trusted() || !isKnown(row, change.receivedAt())
                        ? change
                        : withoutContacts(change))
            .toList();
  }

  private ProfileChange withoutContacts(ProfileChange change) {
    String others = Contacts.without(change.properties());
    if (others.equals(change.properties())) {
      return change;
    }
    refused.add(1);
    return change.with(others);
  }

  /** What a link may bring from the profile given up to the one kept. */
  StoredProfile allowed(IdentityLink link, ProfileTable.Row kept, StoredProfile givenUp) {
    if (link.trusted() || !isKnown(kept, link.receivedAt())) {
      return givenUp;
    }
    StoredProfile others = merge.withoutContacts(givenUp);
    if (!others.properties().equals(givenUp.properties())) {
      refused.add(1);
    }
    return others;
  }

  /** Whether this was a person that we knew before that moment. */
  private boolean isKnown(ProfileTable.Row row, Instant at) {
    Instant since = fresh.getOrDefault(row.userKey(), row.profile().firstSeenAt());
    return since.isBefore(at) && !isVisitor(Identity.ofStored(row.identity()));
  }

  private static boolean isVisitor(Identity identity) {
    return switch (identity.kind()) {
      case ANONYMOUS, OBJECT -> true;
      case USER, FACEBOOK, GOOGLE -> false;
    };
  }
}
