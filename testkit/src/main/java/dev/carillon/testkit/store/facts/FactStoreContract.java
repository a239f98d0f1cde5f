package dev.carillon.testkit.store.facts;

import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.SettableTime;
import dev.carillon.testkit.store.FactEntries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every store of facts must do. A test of a store extends this. */
public abstract class FactStoreContract
    implements EntryContract<FactStore>,
        ProfileContract<FactStore>,
        EndpointContract<FactStore>,
        IdentityLinkContract<FactStore>,
        ListContract<FactStore>,
        SuggestionContract<FactStore>,
        PlanningContract<FactStore>,
        LedgerContract<FactStore>,
        RecountContract<FactStore>,
        MessageLifeContract<FactStore>,
        UserTimeContract<FactStore>,
        GoalContract<FactStore>,
        AheadContract,
        PublicKeyContract<FactStore>,
        AttributionContract<FactStore>,
        AnyOrderContract,
        TieContract,
        ReportContract,
        ErasureContract,
        LimitContract<FactStore>,
        RecentSendsContract<FactStore> {
  /** The present of these tests. */
  public static final Instant PRESENT = FactEntries.NOW;

  private final SettableTime clock = new SettableTime(PRESENT);
  private final List<FactStore> others = new ArrayList<>();
  private FactStore store;

  /** A new, empty store that lives by {@link #clock()}. */
  protected abstract FactStore create();

  /** A store on the data that this one, which is closed, has left. */
  protected abstract FactStore open(FactStore closed);

  @BeforeEach
  void createStore() {
    store = create();
  }

  @AfterEach
  void closeStores() {
    store.close();
    others.forEach(FactStore::close);
  }

  @Override
  public FactStore store() {
    return store;
  }

  @Override
  public SettableTime clock() {
    return clock;
  }

  @Override
  public FactStore another() {
    FactStore other = create();
    others.add(other);
    return other;
  }

  @Override
  public FactStore reopened() {
    store.close();
    store = open(store);
    return store;
  }
}
