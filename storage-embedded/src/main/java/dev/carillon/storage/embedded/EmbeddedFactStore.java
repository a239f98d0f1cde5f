package dev.carillon.storage.embedded;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.NewerFormatException;
import dev.carillon.engine.port.StoreInUseException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.ControlUser;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.audience.ListRows;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.engine.port.audience.SystemControlUser;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.FactsMarks;
import dev.carillon.engine.port.facts.FactsStamp;
import dev.carillon.engine.port.facts.RetryResult;
import dev.carillon.engine.port.facts.SalvageReport;
import dev.carillon.engine.port.facts.StampedFacts;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.MergedIdentity;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.port.people.PeopleSearch;
import dev.carillon.engine.port.people.PeopleTotals;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelineQuery;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.profile.DefaultCountry;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.storage.embedded.apply.Applier;
import dev.carillon.storage.embedded.apply.BatchWriter;
import dev.carillon.storage.embedded.audience.AudienceMemberSql;
import dev.carillon.storage.embedded.audience.ReachSql;
import dev.carillon.storage.embedded.audience.ZoneSql;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.FolderLock;
import dev.carillon.storage.embedded.journal.EntryCodec;
import dev.carillon.storage.embedded.journal.Journal;
import dev.carillon.storage.embedded.journal.JournalCheck;
import dev.carillon.storage.embedded.journal.JournalSalvage;
import dev.carillon.storage.embedded.ledger.LedgerReader;
import dev.carillon.storage.embedded.ledger.Recounting;
import dev.carillon.storage.embedded.lists.ListTable;
import dev.carillon.storage.embedded.planning.PlannedRuns;
import dev.carillon.storage.embedded.planning.RunPlanner;
import dev.carillon.storage.embedded.query.ControlGroupReader;
import dev.carillon.storage.embedded.query.MessageReader;
import dev.carillon.storage.embedded.query.PeopleReader;
import dev.carillon.storage.embedded.query.Suggestions;
import dev.carillon.storage.embedded.tables.ApplyLock;
import dev.carillon.storage.embedded.tables.ApplyProgress;
import dev.carillon.storage.embedded.tables.DeadLetters;
import dev.carillon.storage.embedded.tables.PlanningState;
import dev.carillon.storage.embedded.tables.StampTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fact store of one machine: a journal makes entries durable, one thread applies them to
 * DuckDB, and everybody reads from there. Thread-safe.
 */
public final class EmbeddedFactStore implements FactStore, StampedFacts {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedFactStore.class);

  private static final Duration TO_CLOSE = Duration.ofMinutes(1);
  private static final int RETRIED_TOGETHER = 1_000;
  private static final String JOURNAL = "journal";

  private final FactStoreSettings settings;
  private final FolderLock lock;
  private final DuckDatabase database;
  private final BatchWriter writer;
  private final ApplyLock applyLock = new ApplyLock();
  private final Applier applier;
  private final Journal journal;
  private final RunPlanner planner;
  private final MessageReader messages;
  private final PeopleReader people;
  private final LedgerReader ledgers;
  private final ControlGroupReader controlGroups;
  private final ListTable lists;
  private final Suggestions suggestions;
  private final DefaultCountry country = new DefaultCountry();
  private final List<Consumer<Applied>> listeners = new CopyOnWriteArrayList<>();

  private EmbeddedFactStore(FactStoreSettings settings, FolderLock lock, DuckDatabase database)
      throws SQLException, IOException {
    this.settings = settings;
    this.lock = lock;
    this.database = database;
    PlanningState planning = new PlanningState();
    PhoneNumbers phones = PhoneNumbers.of(country);
    this.writer =
        new BatchWriter(
            database,
            settings.campaignBytes(),
            phones,
            planning,
            this::notifyListeners,
            this::deleteApplied);
    this.applier = new Applier(writer, applyLock, settings.batchEntries(), settings.clock());
    this.journal = openJournal();
    this.planner = new RunPlanner(database, planning, applyLock, writer);
    this.messages = new MessageReader(database);
    this.people = new PeopleReader(database, phones);
    this.controlGroups = new ControlGroupReader(database);
    this.ledgers = new LedgerReader(database);
    this.lists = new ListTable(database, applyLock, phones);
    this.suggestions = new Suggestions(database);
  }

  private Journal openJournal() throws IOException {
    try {
      return Journal.open(
          settings.folder().resolve(JOURNAL), settings.segmentBytes(), writer.position(), applier);
    } catch (IOException | RuntimeException damaged) {
      writer.close();
      throw damaged;
    }
  }

  /**
   * Opens the store in a folder, and makes it when it is not there. What was durable but not
   * readable when the process ended becomes readable a moment later.
   *
   * @throws StoreInUseException when the folder is in use
   * @throws NewerFormatException when a newer version of the program wrote it
   * @throws StoreUnavailableException when it cannot be read
   */
  public static EmbeddedFactStore open(FactStoreSettings settings) {
    EmbeddedFactStore store = prepare(settings);
    try {
      store.start();
      return store;
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  /**
   * Opens the store as {@link #open} does, but applies nothing before {@link #start()}: whoever
   * finds that it is not the right one closes it as it was.
   */
  public static EmbeddedFactStore prepare(FactStoreSettings settings) {
    FolderLock lock = FolderLock.of(settings.folder());
    DuckDatabase database = null;
    try {
      database = settings.openDatabase();
      return new EmbeddedFactStore(settings, lock, database);
    } catch (SQLException | IOException | RuntimeException failed) {
      if (database != null) {
        database.close();
      }
      lock.close();
      if (failed instanceof NewerFormatException newer) {
        throw newer;
      }
      throw cannotBeOpened(settings, failed);
    }
  }

  /** Begins to apply what is durable. */
  public void start() {
    try {
      writer.catchUp();
    } catch (SQLException failed) {
      throw cannotBeOpened(settings, failed);
    }
    applier.start(journal, writer.position());
  }

  private static StoreUnavailableException cannotBeOpened(
      FactStoreSettings settings, Exception reason) {
    return new StoreUnavailableException(
        "the data folder " + settings.folder() + " cannot be opened", reason);
  }

  @Override
  public FactsMarks marks() {
    return database.read(session -> marks(session, journal.end()));
  }

  @Override
  public long end() {
    return journal.end();
  }

  @Override
  public void stamp(FactsStamp stamp) {
    try (DuckSession session = database.session()) {
      StampTable.put(session, stamp);
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the installation cannot be noted", failed);
    }
  }

  /**
   * Makes a store whose journal is damaged one that can be opened: keeps what is whole, moves the
   * journal as it was aside, and counts what is lost. A sound one is left as it is. May be
   * repeated, also after a crash.
   *
   * @param least how many entries the journal had at least, by what is known elsewhere
   * @throws StoreInUseException when the folder is in use
   * @throws StoreUnavailableException when it cannot be read or written
   */
  public static SalvageReport salvage(FactStoreSettings settings, long least) {
    try (FolderLock _ = FolderLock.of(settings.folder());
        DuckDatabase database = settings.openDatabase()) {
      long position = database.read(ApplyProgress::journalPosition);
      return new JournalSalvage(settings.folder().resolve(JOURNAL), position, least).run();
    } catch (SQLException | IOException failed) {
      throw new StoreUnavailableException(
          "the journal in " + settings.folder() + " cannot be salvaged", failed);
    }
  }

  /**
   * What a store that is not open bears, without a change to its journal.
   *
   * @throws StoreInUseException when the folder is in use
   * @throws StoreUnavailableException when it cannot be read, or its journal is damaged
   */
  public static FactsMarks marks(FactStoreSettings settings) {
    try (FolderLock _ = FolderLock.of(settings.folder());
        DuckDatabase database = settings.openDatabase()) {
      long position = database.read(ApplyProgress::journalPosition);
      long end = JournalCheck.of(settings.folder().resolve(JOURNAL), position).end();
      return database.read(session -> marks(session, end));
    } catch (SQLException | IOException failed) {
      throw cannotBeOpened(settings, failed);
    }
  }

  private static FactsMarks marks(DuckSession session, long end) throws SQLException {
    return new FactsMarks(StampTable.find(session), end, StampTable.planned(session));
  }

  @Override
  public void append(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    applier.awaitRoom(settings.mostBehind(), settings.patience());
    List<Entry> kept = List.copyOf(entries);
    journal.append(kept, EntryCodec.encode(kept));
  }

  @Override
  public void settle() {
    applier.settle();
  }

  @Override
  public void onApplied(Consumer<Applied> listener) {
    listeners.add(listener);
  }

  @Override
  public long backlog() {
    return applier.backlog();
  }

  @Override
  public Optional<String> problem() {
    return journal.problem().or(applier::problem);
  }

  @Override
  public boolean problemLasts() {
    return journal.ended() || applier.ended();
  }

  @Override
  public long deadLetters() {
    return writer.deadLetters();
  }

  @Override
  public List<DeadLetter> deadLetters(long after, int limit) {
    return database.read(session -> DeadLetters.list(session, after, limit));
  }

  @Override
  public RetryResult retryDeadLetters() {
    settle();
    List<Long> ids = database.read(DeadLetters::ids);
    for (int from = 0; from < ids.size(); from += RETRIED_TOGETHER) {
      append(
          ids.subList(from, Math.min(ids.size(), from + RETRIED_TOGETHER)).stream()
              .<Entry>map(Entry.DeadLetterRetry::new)
              .toList());
    }
    settle();
    long cameBack = database.read(session -> DeadLetters.stillThere(session, ids));
    return new RetryResult(ids.size() - cameBack, cameBack);
  }

  @Override
  public long dropped() {
    return writer.dropped();
  }

  @Override
  public void defaultCountry(@Nullable String code) {
    country.set(code);
  }

  @Override
  public long propertiesRefused() {
    return writer.propertiesRefused();
  }

  @Override
  public long contactsRefused() {
    return writer.contactsRefused();
  }

  private void notifyListeners(Applied applied) {
    for (Consumer<Applied> listener : listeners) {
      try {
        listener.accept(applied);
      } catch (RuntimeException failed) {
        log.error("a listener failed; the facts it got can be read", failed);
      }
    }
  }

  private void deleteApplied(long position) throws IOException {
    journal.deleteBefore(position);
  }

  @Override
  public Reach estimate(Rule rule, Evaluation evaluation) {
    return database.read(session -> ReachSql.estimate(session.connection(), rule, evaluation));
  }

  @Override
  public List<AudienceMember> members(Rule rule, Evaluation evaluation, long after, int limit) {
    return database.read(
        session -> AudienceMemberSql.read(session.connection(), rule, evaluation, after, limit));
  }

  @Override
  public CustomList createList(ListOrder order, ListRows rows) throws IOException {
    applier.settle();
    return lists.create(order, rows);
  }

  @Override
  public Optional<CustomList> replaceList(int id, ListOrder order, ListRows rows)
      throws IOException {
    applier.settle();
    return lists.replace(id, order, rows);
  }

  @Override
  public Optional<CustomList> list(int id) {
    return lists.find(id);
  }

  @Override
  public List<CustomList> lists() {
    return lists.all();
  }

  @Override
  public boolean deleteList(int id) {
    return lists.delete(id);
  }

  @Override
  public List<Suggestion> suggestProperties(String prefix, int limit) {
    return suggestions.properties(prefix, limit);
  }

  @Override
  public List<Suggestion> suggestEvents(String prefix, int limit) {
    return suggestions.events(prefix, limit);
  }

  @Override
  public boolean isPublicEvent(String event) {
    return suggestions.isPublicEvent(event);
  }

  @Override
  public List<Suggestion> suggestEventProperties(String event, String prefix, int limit) {
    return suggestions.eventProperties(event, prefix, limit);
  }

  @Override
  public List<Suggestion> suggestValues(
      @Nullable String event, String property, String prefix, int limit) {
    return suggestions.values(event, property, prefix, limit);
  }

  @Override
  public RunPlan plan(PlanOrder order) {
    applier.settle();
    return planner.plan(order);
  }

  @Override
  public Optional<PlannedRun> planned(int campaign, int run) {
    return database.read(session -> PlannedRuns.find(session, campaign, run));
  }

  @Override
  public Set<ZoneId> zones() {
    return Set.copyOf(database.read(session -> ZoneSql.zones(session.connection())).values());
  }

  @Override
  public List<Outgoing> outgoing(int campaign, int fromSeq, int toSeq) {
    return messages.outgoing(campaign, fromSeq, toSeq);
  }

  @Override
  public Map<Integer, Long> users(int campaign, int fromSeq, int toSeq) {
    return messages.users(campaign, fromSeq, toSeq);
  }

  @Override
  public RecentSends recentSends(
      int campaign, int fromSeq, int toSeq, Channel channel, Instant since) {
    return messages.recentSends(campaign, fromSeq, toSeq, channel, since);
  }

  @Override
  public Optional<MessageLife> life(MessageRef message) {
    return messages.life(message);
  }

  @Override
  public List<MessagePerson> people(int campaign, int[] seqs) {
    return messages.people(campaign, seqs);
  }

  @Override
  public List<ControlUser> heldOut(int campaign, int after, int limit) {
    return controlGroups.heldOut(campaign, after, limit);
  }

  @Override
  public List<SystemControlUser> systemControlGroup(int percent, long after, int limit) {
    return controlGroups.systemControlGroup(percent, after, limit);
  }

  @Override
  public Ledger loadLedger(int campaign, ZoneId zone) {
    return ledgers.load(campaign, zone);
  }

  @Override
  public void snapshotLedger(int campaign, ZoneId zone) {
    ledgers.snapshot(campaign, zone);
  }

  @Override
  public Recount recount(int campaign, ZoneId zone, IntConsumer still) {
    try (ApplyLock.Hold hold = applyLock.hold()) {
      return database.read(
          session -> {
            // The first statement fixes what the transaction sees, so counting may come later.
            still.accept(PlannedRuns.messages(session, campaign));
            hold.end();
            return Recounting.of(session, campaign, zone);
          });
    }
  }

  @Override
  public Optional<Person> person(Identity identity) {
    return people.person(identity);
  }

  @Override
  public List<Person> searchPeople(PeopleSearch search) {
    return people.searchPeople(search);
  }

  @Override
  public Timeline timeline(long userKey, TimelineQuery query) {
    return people.timeline(userKey, query);
  }

  @Override
  public Unattributed unattributed(int connection) {
    return people.unattributed(connection);
  }

  @Override
  public List<ChannelConsent> consents(long userKey) {
    return people.consents(userKey);
  }

  @Override
  public List<MergedIdentity> mergedIdentities(long userKey) {
    return people.mergedIdentities(userKey);
  }

  @Override
  public PeopleTotals totals() {
    return people.totals();
  }

  /** Applies what is durable, as far as that is quick, and closes the files. */
  @Override
  public void close() {
    close(TO_CLOSE);
  }

  /**
   * Closes, unless a thread does not end in time: then the files stay as they are until the process
   * ends, as nothing may be closed under it. What was accepted is in the journal.
   */
  void close(Duration patience) {
    boolean ended = journal.close(patience);
    if (!applier.close(patience) || !ended) {
      log.error(
          "A part of the store did not end in time, so its files stay open until the process ends;"
              + " what was accepted is safe and is applied at the next start");
      return;
    }
    writer.close();
    database.close();
    lock.close();
  }
}
