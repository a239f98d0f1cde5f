package dev.carillon.engine.port.store;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.ControlGroupStore;
import dev.carillon.engine.port.audience.ListStore;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.engine.port.facts.AttributionStore;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.MessageStore;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.people.PeopleStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that happened is kept: profiles, events, messages, facts and raw callbacks.
 * Thread-safe. Methods that read see everything that was appended before {@link #settle()}
 * returned.
 */
public interface FactStore
    extends AttributionStore,
        AudienceStore,
        ListStore,
        SuggestionStore,
        MessageStore,
        LedgerStore,
        PeopleStore,
        ControlGroupStore,
        DeadLetterStore,
        AutoCloseable {

  /**
   * Keeps all of the entries or none. When it returns they survive a crash; they can be read a
   * moment later. An event whose id is known already is kept once.
   *
   * @throws StoreUnavailableException when the entries could not be kept (disk full, store closed)
   */
  void append(List<Entry> entries);

  /**
   * Waits until all that was appended before this call can be read and what derives from it
   * (conversions, replies, matched statuses) is there too. A goal event that is dated ahead is a
   * conversion when its time has come by the store's clock: then settling waits for it as well, and
   * listeners hear of it a moment later even if nobody settles.
   */
  void settle();

  /**
   * Tells the listener of all facts that become readable from now on, derived ones included. Calls
   * come one at a time; a fact may be told more than once. The listener must be quick.
   */
  void onApplied(Consumer<Applied> listener);

  /**
   * Reads phone numbers without a country code as numbers of this country, from now on.
   *
   * @param code two letters of ISO 3166; null when such numbers are not valid, as at first
   */
  void defaultCountry(@Nullable String code);

  /** How far reading is behind appending, in entries; 0 when settled. */
  long backlog();

  /**
   * Why entries cannot be made durable or readable now, in words for an operator and without
   * anybody's data; empty when they can.
   */
  Optional<String> problem();

  /** Whether the problem ends only when the process is started again. */
  default boolean problemLasts() {
    return false;
  }

  /**
   * How many entries came after their user was deleted and were from before it, so that nothing of
   * them was kept.
   */
  long dropped();

  /**
   * How many changes of properties were not made because the user's profile is at its limits
   * ({@link dev.carillon.core.user.DataLimits}).
   */
  long propertiesRefused();

  /**
   * How many changes of phone numbers, e-mail addresses and consents of known people were not made
   * because keys of apps and pages asked for them.
   */
  long contactsRefused();

  @Override
  void close();

  /** Facts that became readable together. */
  record Applied(List<Fact> facts, List<GoalEvent> goalEvents) {
    public Applied {
      facts = List.copyOf(facts);
      goalEvents = List.copyOf(goalEvents);
    }
  }
}
