package dev.carillon.storage.embedded.apply;

import dev.carillon.core.message.Fact;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import dev.carillon.storage.embedded.callbacks.CallbackPacks;
import dev.carillon.storage.embedded.callbacks.CallbackTables;
import dev.carillon.storage.embedded.derive.Derivation;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FactSchema;
import dev.carillon.storage.embedded.erase.ErasedMessages;
import dev.carillon.storage.embedded.erase.Eraser;
import dev.carillon.storage.embedded.erase.PostErasureFilter;
import dev.carillon.storage.embedded.erase.Tombstones;
import dev.carillon.storage.embedded.profiles.ContactGuard;
import dev.carillon.storage.embedded.profiles.DeviceTable;
import dev.carillon.storage.embedded.profiles.KnownUsers;
import dev.carillon.storage.embedded.profiles.LinkWriter;
import dev.carillon.storage.embedded.profiles.ProfileTable;
import dev.carillon.storage.embedded.profiles.ProfileWriter;
import dev.carillon.storage.embedded.profiles.UserDirectory;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyLock;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.CampaignCache;
import dev.carillon.storage.embedded.tables.DeadLetters;
import dev.carillon.storage.embedded.tables.EventTable;
import dev.carillon.storage.embedded.tables.EventsAhead;
import dev.carillon.storage.embedded.tables.FactTable;
import dev.carillon.storage.embedded.tables.KeptCount;
import dev.carillon.storage.embedded.tables.PlanningState;
import dev.carillon.storage.embedded.tables.StaleRuns;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch of entries to the tables, derives what follows from them, and notes how far it
 * came, all in one transaction: after a crash each entry is applied exactly once. For one thread at
 * a time, which {@link ApplyLock} sees to.
 */
public final class BatchWriter implements Applier.Target {
  private static final Logger log = LoggerFactory.getLogger(BatchWriter.class);

  private static final String KEY_TAKEN = "the key of the user belongs to another identity";

  private final DuckDatabase database;
  private final Consumer<Applied> listener;
  private final ProfileMerge merge;
  private final ProfileWriter profiles;
  private final LinkWriter links;
  private final UserDirectory users = new UserDirectory();
  private final EventTable events = new EventTable();
  private final EventsAhead ahead = new EventsAhead();
  private final CallbackTables callbacks = new CallbackTables();
  private final PlanningState planning;
  private final CampaignCache campaigns;
  private final Derivation derivation;
  private final Tombstones tombstones = new Tombstones();
  private final ErasedMessages erased;
  private final PostErasureFilter late;
  private final Eraser eraser;
  private final ApplyProgress progress = new ApplyProgress();
  private final DeadLetters deadLetters = new DeadLetters();
  private final KeptCount propertiesRefused =
      new KeptCount(
          FactSchema.REFUSED,
          "{} changes of properties were refused: the profiles are at their limits");
  private final KeptCount contactsRefused =
      new KeptCount(
          FactSchema.CONTACTS_REFUSED,
          "{} changes of phone numbers or e-mail addresses were refused: keys of apps and pages may"
              + " not make them for known people");
  private final List<KeptCount> counts = List.of(propertiesRefused, contactsRefused);
  private final ContactGuard contacts;
  private final Done done;
  private volatile DuckSession session;

  /** Gets positions before which everything is committed. */
  public interface Done {
    void applied(long position) throws IOException;
  }

  public BatchWriter(
      DuckDatabase database,
      long campaignBytes,
      PhoneNumbers phones,
      PlanningState planning,
      Consumer<Applied> listener,
      Done done)
      throws SQLException {
    this.done = done;
    this.planning = planning;
    this.campaigns = new CampaignCache(planning, campaignBytes);
    this.erased = new ErasedMessages(campaigns, tombstones);
    this.late = new PostErasureFilter(tombstones);
    this.eraser = new Eraser(tombstones, campaigns, erased);
    this.derivation = new Derivation(campaigns, callbacks, erased);
    this.database = database;
    this.listener = listener;
    this.merge = new ProfileMerge(phones);
    this.contacts = new ContactGuard(merge, contactsRefused);
    this.profiles = new ProfileWriter(merge, contacts, propertiesRefused, deadLetters);
    this.links = new LinkWriter(merge, contacts, propertiesRefused);
    this.session = database.session();
    CallbackPacks.adopt(session);
    progress.load(session);
    deadLetters.load(session);
    tombstones.load(session);
    late.load(session);
    for (KeptCount count : counts) {
      count.load(session);
    }
    ahead.load(session);
    planning.setOvertaken(!StaleRuns.all(session).isEmpty());
  }

  /** Position of the first entry that is not applied. */
  public long position() {
    return progress.journal();
  }

  /** How many entries were accepted and cannot be applied. */
  public long deadLetters() {
    return deadLetters.count();
  }

  @Override
  public Instant nextDue() {
    return ahead.next();
  }

  @Override
  public void keepAsDeadLetter(ApplyBatch one, String reason, long position) throws SQLException {
    session.execute("BEGIN TRANSACTION");
    try {
      ApplyBatch.Due due = one.due();
      Optional<Entry> entry =
          due == null
              ? Optional.of(one.entries().getFirst())
              : EventsAhead.delete(session, due.by());
      entry.ifPresent(refused -> deadLetters.put(refused, reason));
      deadLetters.write(session, progress.journal());
      ahead.write(session);
      progress.store(session, position);
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException failed) {
      rollBack(failed);
      throw failed;
    }
    deadLetters.committed(1);
    ahead.committed();
    progress.committed(position);
  }

  @Override
  public void apply(ApplyBatch batch, long position) throws SQLException {
    List<Applied> applied = new ArrayList<>();
    boolean overtaken = planning.overtaken();
    boolean changes =
        !batch.links.isEmpty() || !batch.erasures.isEmpty() || !batch.retries.isEmpty();
    tombstones.loadIfForgotten(session);
    session.execute("BEGIN TRANSACTION");
    try {
      if (overtaken) {
        for (StaleRuns.Run run : StaleRuns.all(session)) {
          links.catchUp(session, run);
          applied.add(appliedFacts(eraser.catchUp(session, run, progress)));
        }
        StaleRuns.clear(session);
        progress.nextPart();
      }
      for (ApplyBatch part : deadLetters.takeOut(session, batch).parts()) {
        applied.add(write(late.kept(session, part)));
        applied.add(erase(part.erasures));
      }
      ApplyBatch.Due due = batch.due();
      if (due != null) {
        applied.add(derivation.deriveDue(session, due, progress));
        deadLetters.applied();
      }
      ahead.write(session);
      late.write(session);
      for (KeptCount count : counts) {
        count.write(session);
      }
      deadLetters.write(session, progress.journal());
      progress.store(session, position);
      session.execute("COMMIT");
    } catch (SQLException | RuntimeException failed) {
      rollBack(failed);
      throw failed;
    } finally {
      if (changes) {
        planning.usersChanged();
      }
    }
    ahead.committed();
    late.committed();
    counts.forEach(KeptCount::committed);
    deadLetters.committed(batch.size());
    progress.committed(position);
    campaigns.committed();
    if (overtaken) {
      planning.setOvertaken(false);
    }
    for (Applied part : applied) {
      if (!part.facts().isEmpty() || !part.goalEvents().isEmpty()) {
        listener.accept(part);
      }
    }
  }

  /**
   * Brings what earlier versions kept within the limits, and looks through the messages of runs
   * whose users changed while they were planned.
   */
  public void catchUp() throws SQLException {
    OversizedProfiles.trim(session, merge);
    RespelledPhones.readAnew(session, merge);
    propertiesRefused.load(session);
    if (planning.overtaken()) {
      apply(new ApplyBatch(), progress.journal());
    }
  }

  private Applied erase(List<Entry.Erasure> erasures) throws SQLException {
    ArrayList<Fact> facts = new ArrayList<>();
    ArrayList<Eraser.Erased> people = new ArrayList<>();
    for (Entry.Erasure erasure : erasures) {
      Eraser.Erased gone = eraser.erase(session, erasure, progress);
      deadLetters.erase(session, gone::isNamedBy);
      facts.addAll(gone.facts());
      people.add(gone);
    }
    if (!erasures.isEmpty()) {
      eraser.dropCallbacks(session, people);
      users.forget();
      callbacks.forget();
      derivation.forget();
      progress.nextPart();
    }
    return appliedFacts(facts);
  }

  private static Applied appliedFacts(List<Fact> facts) {
    return new Applied(facts, List.of());
  }

  private Applied write(ApplyBatch batch) throws SQLException {
    contacts.expect(session, batch);
    Set<Long> joined = links.write(session, batch.links, progress);
    if (!batch.links.isEmpty()) {
      users.forget();
    }
    Map<String, EventTable.Arrived> arrived = writeUsers(batch);
    List<Fact> written = erased.stripped(session, batch.facts);
    FactTable.append(session, written, progress);
    FactTable.appendIds(session, batch.facts);
    boolean learnt = callbacks.write(session, batch, progress);
    Applied applied = derivation.derive(session, batch, written, arrived, joined, learnt, progress);
    erased.dropCallbacks(session, late.takeCallbacks());
    return applied;
  }

  private Map<String, EventTable.Arrived> writeUsers(ApplyBatch batch) throws SQLException {
    if (batch.changes.isEmpty() && batch.events.isEmpty() && batch.devices.isEmpty()) {
      return Map.of();
    }
    batch.changes.forEach(change -> users.want(change.userKey(), change.identity()));
    batch.events.forEach(event -> users.want(event.userKey(), event.identity()));
    batch.devices.forEach(change -> users.want(change.userKey(), change.identity()));
    UserDirectory.Found found = users.find(session);
    Map<Long, ProfileTable.Row> fresh = new HashMap<>();
    ArrayList<EventTable.Keyed> keyed = new ArrayList<>(batch.events.size());
    for (UserEvent event : batch.events) {
      long end = found.end(event.userKey(), event.identity());
      if (end == KnownUsers.UNKNOWN) {
        deadLetters.put(new Entry.OfEvent(event), KEY_TAKEN);
        continue;
      }
      deadLetters.applied();
      keyed.add(new EventTable.Keyed(event, end));
      Identity identity = found.fresh().get(end);
      if (identity != null) {
        fresh.computeIfAbsent(end, key -> seen(key, identity, event.receivedAt()));
      }
    }
    for (ProfileChange change : batch.changes) {
      long end = found.end(change.userKey(), change.identity());
      if (end == KnownUsers.UNKNOWN) {
        deadLetters.put(new Entry.OfProfile(change), KEY_TAKEN);
        continue;
      }
      if (found.fresh().containsKey(end)) {
        fresh.computeIfAbsent(end, key -> seen(key, change.identity(), change.receivedAt()));
      }
      profiles.want(end, change);
    }
    List<DeviceChange> devices = new ArrayList<>(batch.devices.size());
    List<Long> owners = new ArrayList<>(batch.devices.size());
    for (DeviceChange change : batch.devices) {
      long end = found.end(change.userKey(), change.identity());
      if (end == KnownUsers.UNKNOWN) {
        deadLetters.put(new Entry.OfDevice(change), KEY_TAKEN);
        continue;
      }
      deadLetters.applied();
      Identity identity = found.fresh().get(end);
      if (identity != null) {
        fresh.computeIfAbsent(end, key -> seen(key, identity, change.receivedAt()));
      }
      devices.add(change);
      owners.add(end);
    }
    profiles.write(session, fresh, progress);
    DeviceTable.write(session, devices, owners);
    Map<String, EventTable.Arrived> arrived = events.append(session, keyed, progress);
    users.committed(found);
    return arrived;
  }

  private ProfileTable.Row seen(long key, Identity identity, Instant at) {
    return new ProfileTable.Row(
        key, identity.stored(), StoredProfile.seen(at), progress.rowBefore());
  }

  private void rollBack(Exception reason) {
    progress.rolledBack();
    deadLetters.rolledBack();
    late.rolledBack();
    counts.forEach(KeptCount::rolledBack);
    profiles.forget();
    erased.rolledBack();
    tombstones.forget();
    users.forget();
    campaigns.forget();
    callbacks.forget();
    derivation.forget();
    try {
      session.execute("ROLLBACK");
    } catch (SQLException failed) {
      reason.addSuppressed(failed);
    }
  }

  /** How many entries of deleted users were dropped. */
  public long dropped() {
    return late.dropped();
  }

  /** How many changes of properties were not made because the profile is at its limits. */
  public long propertiesRefused() {
    return propertiesRefused.count();
  }

  /** How many changes of addresses and consents were refused, as everybody has their keys. */
  public long contactsRefused() {
    return contactsRefused.count();
  }

  @Override
  public long recover() throws SQLException {
    try {
      session.number("SELECT value FROM progress WHERE name = 'journal'");
    } catch (SQLException dead) {
      database.reopen();
      session = database.session();
    }
    progress.load(session);
    return progress.journal();
  }

  @Override
  public void applied(long position) throws IOException {
    done.applied(position);
  }

  @Override
  public void interrupt() {
    session.interrupt();
  }

  public void close() {
    try {
      session.close();
    } catch (SQLException failed) {
      log.warn("closing the writer failed", failed);
    }
  }
}
