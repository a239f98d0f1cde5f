package dev.carillon.engine.port.store;

import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.ControlGroupStore;
import dev.carillon.engine.port.audience.ListStore;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.AppliedFeed;
import dev.carillon.engine.port.facts.AttributionStore;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.facts.FactStoreState;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.ledger.RecountStore;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.work.MessageStore;
import org.jspecify.annotations.Nullable;

/**
 * Where everything that happened is kept: profiles, events, messages, facts and raw callbacks.
 * Thread-safe. Methods that read see everything that was appended before {@link #settle()}
 * returned.
 */
public interface FactStore
    extends AttributionStore,
        PlanningStore,
        MessageLifeStore,
        RecountStore,
        AudienceStore,
        ListStore,
        SuggestionStore,
        MessageStore,
        LedgerStore,
        PeopleStore,
        ControlGroupStore,
        DeadLetterStore,
        EntryJournal,
        AppliedFeed,
        FactStoreState,
        AutoCloseable {

  /**
   * Reads phone numbers without a country code as numbers of this country, from now on.
   *
   * @param code two letters of ISO 3166; null when such numbers are not valid, as at first
   */
  void defaultCountry(@Nullable String code);

  @Override
  void close();
}
