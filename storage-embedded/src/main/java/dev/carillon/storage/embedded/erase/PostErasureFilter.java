package dev.carillon.storage.embedded.erase;

import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.AddressKinds;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Drops what comes of deleted users and is from before their deletion: what happened or was
 * received not after it. What names a deleted address without a time is dropped unless somebody has
 * that address now. For the applier's thread alone, but for {@link #dropped()}.
 */
public final class PostErasureFilter {
  private final Tombstones tombstones;
  private final AtomicLong dropped = new AtomicLong();
  private final Set<Long> callbacks = new HashSet<>();
  private long fresh;

  public PostErasureFilter(Tombstones tombstones) {
    this.tombstones = tombstones;
  }

  public void load(DuckSession session) throws SQLException {
    dropped.set(session.number("SELECT value FROM progress WHERE name = 'dropped'"));
  }

  /** How many entries were dropped. */
  public long dropped() {
    return dropped.get();
  }

  /** The entries that are to be kept. */
  public ApplyBatch kept(DuckSession session, ApplyBatch batch) throws SQLException {
    if (tombstones.isEmpty()) {
      return batch;
    }
    tombstones.lookUp(session, identities(batch));
    ArrayList<Entry> kept = new ArrayList<>(batch.size());
    Set<Identity> begun = new HashSet<>();
    for (Entry entry : batch.entries()) {
      if (isLate(session, entry, batch, begun)) {
        fresh++;
      } else {
        kept.add(entry);
      }
    }
    if (kept.size() == batch.size()) {
      return batch;
    }
    ApplyBatch rest = new ApplyBatch();
    rest.add(List.copyOf(kept));
    return rest;
  }

  private static List<Identity> identities(ApplyBatch batch) {
    List<Identity> identities = new ArrayList<>();
    batch.changes.forEach(change -> identities.add(change.identity()));
    batch.devices.forEach(change -> identities.add(change.identity()));
    batch.events.forEach(event -> identities.add(event.identity()));
    return identities;
  }

  private boolean isLate(DuckSession session, Entry entry, ApplyBatch batch, Set<Identity> begun)
      throws SQLException {
    return switch (entry) {
      case Entry.OfProfile(ProfileChange change) ->
          isLate(tombstones.of(session, change.identity()), change.at(), change.receivedAt());
      case Entry.OfDevice(DeviceChange change) ->
          isLate(
              tombstones.of(session, change.identity()),
              change.device().registeredAt(),
              change.receivedAt());
      case Entry.OfEvent(UserEvent event) ->
          isLate(tombstones.of(session, event.identity()), event.at(), event.receivedAt());
      case Entry.OfLink(IdentityLink link) -> isLate(session, link, batch, begun);
      case Entry.Consent consent ->
          isLate(tombstones.ofAddress(session, consent.address()), consent.at(), consent.at());
      case Entry.EndpointDead dead ->
          isLate(tombstones.ofAddress(session, dead.address()), dead.at(), dead.at());
      case Entry.IncomingMessage message -> {
        boolean late =
            isLate(
                tombstones.ofAddress(session, message.from()), message.at(), message.receivedAt());
        if (late && message.inbox() > 0) {
          callbacks.add(message.inbox());
        }
        yield late;
      }
      case Entry.AddressAlias alias ->
          (tombstones.ofAddress(session, alias.address()) != null
                  || tombstones.ofAddress(session, alias.providerAddress()) != null)
              && !isUsed(session, alias.address());
      case Entry.AddressChange change ->
          isLate(tombstones.ofAddress(session, change.from()), change.at(), change.at())
              || isLate(tombstones.ofAddress(session, change.to()), change.at(), change.at());
      case Entry.RawCallback raw -> isLate(session, raw);
      // A named message shows by itself whether its user was deleted.
      case Entry.MessageRecipient recipient ->
          recipient.message() == null
              && tombstones.ofAddress(session, recipient.name()) != null
              && !isUsed(session, recipient.name());
      case Entry.OfFact _, Entry.UnmatchedStatus _, Entry.Erasure _, Entry.DeadLetterRetry _ ->
          false;
    };
  }

  private static boolean isLate(@Nullable Instant deletedAt, Instant at, Instant receivedAt) {
    return deletedAt != null && !(at.isAfter(deletedAt) && receivedAt.isAfter(deletedAt));
  }

  /** A link by itself begins no user again: one of the two must be known or come with it. */
  private boolean isLate(
      DuckSession session, IdentityLink link, ApplyBatch batch, Set<Identity> begun)
      throws SQLException {
    Instant from = tombstones.of(session, link.from());
    Instant to = tombstones.of(session, link.to());
    if (from == null && to == null) {
      return false;
    }
    if (isLate(from, link.receivedAt(), link.receivedAt())
        || isLate(to, link.receivedAt(), link.receivedAt())) {
      return true;
    }
    if (begun.isEmpty()) {
      begin(session, batch, begun);
    }
    return !begun.contains(link.to()) && !isKnown(session, link.to());
  }

  private void begin(DuckSession session, ApplyBatch batch, Set<Identity> begun)
      throws SQLException {
    for (ProfileChange change : batch.changes) {
      if (!isLate(tombstones.of(session, change.identity()), change.at(), change.receivedAt())) {
        begun.add(change.identity());
      }
    }
    for (UserEvent event : batch.events) {
      if (!isLate(tombstones.of(session, event.identity()), event.at(), event.receivedAt())) {
        begun.add(event.identity());
      }
    }
  }

  private boolean isLate(DuckSession session, Entry.RawCallback raw) throws SQLException {
    for (Map.Entry<String, Instant> named : tombstones.named(session, raw.body()).entrySet()) {
      if (!raw.receivedAt().isAfter(named.getValue()) || !isUsed(session, named.getKey())) {
        callbacks.add(raw.id());
        return true;
      }
    }
    return false;
  }

  private static boolean isKnown(DuckSession session, Identity identity) throws SQLException {
    return session.number(
            "SELECT count(*) FROM profile WHERE user_key = ? AND identity = ?",
            identity.key(),
            identity.stored())
        > 0;
  }

  private static boolean isUsed(DuckSession session, String address) throws SQLException {
    String canonical = AddressKinds.canonical(address);
    return session.number(
            """
            SELECT count(*) FROM endpoint WHERE left_at IS NULL AND (address = $1 OR address IN (
              SELECT address FROM scoped_id WHERE name = $1))""",
            canonical)
        > 0;
  }

  /** The raw callbacks that must not stay, each once. */
  public Set<Long> takeCallbacks() {
    Set<Long> taken = Set.copyOf(callbacks);
    callbacks.clear();
    return taken;
  }

  public void write(DuckSession session) throws SQLException {
    if (fresh > 0) {
      session.update("UPDATE progress SET value = value + ? WHERE name = 'dropped'", fresh);
    }
  }

  public void committed() {
    dropped.addAndGet(fresh);
    fresh = 0;
  }

  public void rolledBack() {
    fresh = 0;
    callbacks.clear();
  }
}
