package dev.carillon.storage.embedded.tables;

import dev.carillon.core.message.Fact;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.journal.BinaryReader;
import dev.carillon.storage.embedded.journal.EntryCodec;
import dev.carillon.storage.embedded.problem.TooManyDeadLettersException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that were accepted and cannot be applied: kept as they came, with the reason, in a table
 * of their own, so that one of them never holds up the others. For the applier's thread alone, but
 * for {@link #count()} and the static methods.
 *
 * <p>A dead letter that is tried again is deleted in the same transaction that applies it, so each
 * is applied at most once. One that fails again keeps its id.
 */
public final class DeadLetters {
  /**
   * After so many in a row the program is taken to be at fault. Bad records come one by one, or a
   * few of one sender; a defect in what all records go through hits every one.
   */
  static final int MOST_IN_A_ROW = 20;

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  /** What may be somebody's data in a database's message: what it quotes, and long numbers. */
  private static final Pattern QUOTED = Pattern.compile("(?s)['\"].*");

  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{5,}");

  /**
   * @param id the id that it has already; null for a new one
   */
  private record Kept(Entry entry, String reason, @Nullable Long id) {}

  private final List<Kept> pending = new ArrayList<>();
  private final Map<Entry, Long> taken = new HashMap<>();
  private final AtomicLong count = new AtomicLong();
  private long deleted;
  private int inARow;
  private int inARowBefore;

  public void load(DuckSession session) throws SQLException {
    count.set(session.number("SELECT count(*) FROM dead_letter"));
  }

  /** How many there are. */
  public long count() {
    return count.get();
  }

  /** An entry could be applied in the transaction that is open. */
  public void applied() {
    inARow = 0;
  }

  /**
   * Keeps an entry with the transaction that is open.
   *
   * @throws TooManyDeadLettersException when too many came before it without one that was applied
   */
  public void put(Entry entry, String reason) {
    Long id = entry instanceof Entry.DeadLetterRetry(long retried) ? retried : taken.remove(entry);
    if (id == null && ++inARow > MOST_IN_A_ROW) {
      throw new TooManyDeadLettersException(MOST_IN_A_ROW, withoutData(reason));
    }
    pending.add(new Kept(entry, reason, id));
  }

  /** The batch with the dead letters themselves in place of the entries that ask for them. */
  public ApplyBatch takeOut(DuckSession session, ApplyBatch batch) throws SQLException {
    if (batch.retries.isEmpty()) {
      return batch;
    }
    ArrayList<Entry> entries = new ArrayList<>();
    for (Entry entry : batch.entries()) {
      if (entry instanceof Entry.DeadLetterRetry(long id)) {
        if (id > 0) {
          takeOut(session, id).ifPresent(entries::add);
        }
      } else {
        entries.add(entry);
      }
    }
    ApplyBatch whole = new ApplyBatch();
    whole.add(entries);
    return whole;
  }

  private Optional<Entry> takeOut(DuckSession session, long id) throws SQLException {
    Optional<Entry> letter =
        session.first(
            "SELECT entry FROM dead_letter WHERE id = ?", row -> entry(row.getBytes(1)), id);
    if (letter.isPresent()) {
      session.update("DELETE FROM dead_letter WHERE id = ?", id);
      deleted++;
      taken.put(letter.get(), id);
    }
    return letter;
  }

  /**
   * @param position where in the journal the batch begins
   */
  public void write(DuckSession session, long position) throws SQLException {
    for (Kept kept : pending) {
      if (kept.entry() instanceof Entry.DeadLetterRetry(long id)) {
        session.update("UPDATE dead_letter SET reason = ? WHERE id = ?", kept.reason(), id);
      } else {
        session.update(
            "INSERT INTO dead_letter VALUES (coalesce(?, nextval('dead_letter_id')), ?, ?, ?)",
            kept.id(),
            position,
            kept.reason(),
            EntryCodec.encode(List.of(kept.entry())));
      }
    }
  }

  /** Deletes the entries that name a deleted user. */
  public void erase(DuckSession session, Predicate<Entry> names) throws SQLException {
    pending.removeIf(kept -> names.test(kept.entry()));
    if (count.get() == 0) {
      return;
    }
    ArrayList<Long> ids = new ArrayList<>();
    session.each(
        "SELECT id, entry FROM dead_letter",
        row -> {
          if (names.test(entry(row.getBytes(2)))) {
            ids.add(row.getLong(1));
          }
        });
    for (long id : ids) {
      session.update("DELETE FROM dead_letter WHERE id = ?", id);
    }
    deleted += ids.size();
  }

  /**
   * @param entries how many entries the transaction took from the journal
   */
  public void committed(int entries) {
    if (entries > pending.size()) {
      inARow = 0;
    }
    inARowBefore = inARow;
    long added = 0;
    for (Kept kept : pending) {
      log.error(
          "an entry ({}) is kept as a dead letter: {}",
          kind(kept.entry()),
          withoutData(kept.reason()));
      added += kept.entry() instanceof Entry.DeadLetterRetry ? 0 : 1;
    }
    count.addAndGet(added - deleted);
    forget();
  }

  public void rolledBack() {
    inARow = inARowBefore;
    forget();
  }

  private void forget() {
    deleted = 0;
    pending.clear();
    taken.clear();
  }

  /** Dead letters by id, after one. */
  public static List<DeadLetter> list(DuckSession session, long after, int limit)
      throws SQLException {
    return session.list(
        "SELECT id, reason, entry FROM dead_letter WHERE id > ? ORDER BY id LIMIT ?",
        row -> {
          Entry entry = entry(row.getBytes(3));
          return new DeadLetter(
              row.getLong(1), kind(entry), receivedAt(entry), withoutData(row.getString(2)));
        },
        after,
        limit);
  }

  public static List<Long> ids(DuckSession session) throws SQLException {
    return session.list("SELECT id FROM dead_letter ORDER BY id", row -> row.getLong(1));
  }

  /** How many of these are still there. */
  public static long stillThere(DuckSession session, List<Long> ids) throws SQLException {
    return session.number(
        "SELECT count(*) FROM dead_letter WHERE id IN (SELECT unnest(?))",
        (Object) ids.stream().mapToLong(id -> id).toArray());
  }

  private static Entry entry(byte[] bytes) {
    return EntryCodec.read(new BinaryReader(bytes));
  }

  private static String withoutData(String reason) {
    return LONG_NUMBER.matcher(QUOTED.matcher(reason).replaceAll("...")).replaceAll("...").strip();
  }

  private static String kind(Entry entry) {
    return switch (entry) {
      case Entry.OfProfile _ -> "profile";
      case Entry.OfDevice _ -> "device";
      case Entry.OfEvent _ -> "event";
      case Entry.OfLink _ -> "link";
      case Entry.OfFact _ -> "fact";
      case Entry.RawCallback _ -> "callback";
      case Entry.UnmatchedStatus _ -> "status";
      case Entry.IncomingMessage _ -> "message";
      case Entry.Consent _ -> "consent";
      case Entry.EndpointDead _ -> "deadAddress";
      case Entry.AddressAlias _, Entry.MessageRecipient _ -> "alias";
      case Entry.AddressChange _ -> "addressChange";
      case Entry.Erasure _ -> "erasure";
      case Entry.DeadLetterRetry _ -> "retry";
    };
  }

  private static @Nullable Instant receivedAt(Entry entry) {
    return switch (entry) {
      case Entry.OfProfile(ProfileChange change) -> change.receivedAt();
      case Entry.OfDevice(DeviceChange change) -> change.receivedAt();
      case Entry.OfEvent(UserEvent event) -> event.receivedAt();
      case Entry.OfLink(IdentityLink link) -> link.receivedAt();
      case Entry.OfFact(Fact fact) -> fact.receivedAt();
      case Entry.RawCallback raw -> raw.receivedAt();
      case Entry.UnmatchedStatus status -> status.receivedAt();
      case Entry.IncomingMessage message -> message.receivedAt();
      case Entry.Consent consent -> consent.at();
      case Entry.EndpointDead dead -> dead.at();
      case Entry.Erasure erasure -> erasure.at();
      case Entry.AddressChange change -> change.at();
      case Entry.AddressAlias _, Entry.MessageRecipient _, Entry.DeadLetterRetry _ -> null;
    };
  }
}
