package dev.carillon.testkit.sending;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserZone;
import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.PeopleSearch;
import dev.carillon.engine.port.RecentSends;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.Timeline;
import dev.carillon.engine.port.TimelineQuery;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the facts side that sending needs, in memory: every person added is the audience of
 * every run. What was appended can be read only after {@link #settle()}, so that whoever forgets to
 * settle is found out. Everything else is unsupported.
 */
public final class MemoryFactStore implements FactStore {
  private final List<MemoryPlan.Member> people = new ArrayList<>();
  private final Map<Integer, List<MemoryPlan>> plans = new HashMap<>();
  private final List<Entry> unread = new ArrayList<>();
  private final List<Entry> kept = new ArrayList<>();
  private final Map<MessageRef, List<Fact>> facts = new HashMap<>();
  private final Map<String, MessageRef> byProviderId = new HashMap<>();
  private final List<Entry.UnmatchedStatus> parked = new ArrayList<>();
  private final List<Consumer<Applied>> listeners = new ArrayList<>();
  private boolean down;

  /** Adds one to the audience. An empty address is none. */
  public synchronized void addPerson(Identity identity, String address, String properties) {
    people.add(new MemoryPlan.Member(identity, address, properties));
  }

  /** Makes every append fail, or work again. */
  public synchronized void setDown(boolean down) {
    this.down = down;
  }

  /** Everything that was appended, settled or not, in order. */
  public synchronized List<Entry> entries() {
    List<Entry> all = new ArrayList<>(kept);
    all.addAll(unread);
    return all;
  }

  /** All facts of a message, settled or not, in order. */
  public synchronized List<Fact> facts(int campaign, int seq) {
    settle();
    return List.copyOf(facts.getOrDefault(new MessageRef(campaign, seq), List.of()));
  }

  @Override
  public synchronized void append(List<Entry> entries) {
    if (down) {
      throw new StoreUnavailableException("the disk is full");
    }
    unread.addAll(entries);
  }

  @Override
  public synchronized void settle() {
    List<Fact> fresh = new ArrayList<>();
    for (Entry entry : List.copyOf(unread)) {
      switch (entry) {
        case Entry.OfFact(Fact fact) -> apply(fact, fresh);
        case Entry.UnmatchedStatus status -> parked.add(status);
        case Entry.OfProfile _,
            Entry.OfEvent _,
            Entry.OfLink _,
            Entry.RawCallback _,
            Entry.IncomingMessage _,
            Entry.Consent _,
            Entry.AddressAlias _,
            Entry.Erasure _ -> {
          // Kept, and of no concern to sending.
        }
      }
      kept.add(entry);
    }
    unread.clear();
    match(fresh);
    if (!fresh.isEmpty()) {
      listeners.forEach(listener -> listener.accept(new Applied(fresh, List.of())));
    }
  }

  private void apply(Fact fact, List<Fact> fresh) {
    List<Fact> known = facts.computeIfAbsent(fact.message(), _ -> new ArrayList<>());
    if (!known.contains(fact)) {
      known.add(fact);
      fresh.add(fact);
      if (fact.kind() == FactKind.ACCEPTED && fact.event() != null) {
        byProviderId.put(fact.event(), fact.message());
      }
    }
  }

  private void match(List<Fact> fresh) {
    for (Entry.UnmatchedStatus status : List.copyOf(parked)) {
      @Nullable MessageRef message = byProviderId.get(status.providerMessageId());
      if (message != null) {
        parked.remove(status);
        apply(
            new Fact(
                message.campaign(),
                message.seq(),
                status.kind(),
                status.detail(),
                null,
                status.at(),
                status.receivedAt(),
                status.text(),
                status.inbox()),
            fresh);
      }
    }
  }

  @Override
  public synchronized void onApplied(Consumer<Applied> listener) {
    listeners.add(listener);
  }

  @Override
  public long setAside() {
    return 0;
  }

  @Override
  public synchronized long backlog() {
    return unread.size();
  }

  @Override
  public synchronized PlannedRun plan(PlanOrder order) {
    Integer safety = order.limits().safety();
    if (safety != null && people.size() > safety) {
      throw new TooManyQualifyException(people.size());
    }
    List<MemoryPlan> runs = plans.computeIfAbsent(order.campaign(), _ -> new ArrayList<>());
    for (MemoryPlan known : runs) {
      if (known.run().run() == order.run()) {
        return known.run();
      }
    }
    int firstSeq = runs.stream().mapToInt(known -> known.run().count()).sum();
    MemoryPlan plan = MemoryPlan.of(order, List.copyOf(people), firstSeq);
    runs.add(plan);
    return plan.run();
  }

  @Override
  public synchronized Optional<PlannedRun> planned(int campaign, int run) {
    return plans.getOrDefault(campaign, List.of()).stream()
        .map(MemoryPlan::run)
        .filter(plan -> plan.run() == run)
        .findFirst();
  }

  @Override
  public synchronized Set<ZoneId> zones() {
    return people.stream()
        .map(MemoryPlan.Member::zone)
        .filter(Objects::nonNull)
        .flatMap(text -> UserZone.parse(text).stream())
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized List<Outgoing> outgoing(int campaign, int fromSeq, int toSeq) {
    List<Outgoing> outgoing = new ArrayList<>();
    for (MemoryPlan plan : plans.getOrDefault(campaign, List.of())) {
      int first = plan.run().firstSeq();
      int from = Math.max(fromSeq, first);
      for (int seq = from; seq < Math.min(toSeq, first + plan.run().count()); seq++) {
        if (!suppressed(plan.run(), seq)) {
          MemoryPlan.Member person = plan.audience().get(seq - first);
          List<Fact> known = facts.getOrDefault(new MessageRef(campaign, seq), List.of());
          outgoing.add(
              new Outgoing(
                  seq,
                  person.address(),
                  plan.run().control().contains(seq),
                  plan.variants().get(seq - first),
                  person.identity(),
                  person.properties(),
                  state(known),
                  details(known, FactKind.ATTEMPTED).size(),
                  plan.notBefore().get(seq),
                  person.zone()));
        }
      }
    }
    return outgoing;
  }

  @Override
  public synchronized RecentSends recentSends(
      int campaign, int fromSeq, int toSeq, Channel channel, Instant since) {
    Map<Integer, Long> users = new HashMap<>();
    Map<Long, List<RecentSends.Send>> sends = new HashMap<>();
    for (int seq = fromSeq; seq < toSeq; seq++) {
      Long user = user(new MessageRef(campaign, seq));
      if (user != null) {
        users.put(seq, user);
      }
    }
    Set<Long> wanted = new HashSet<>(users.values());
    facts.forEach(
        (message, known) -> {
          Long user = user(message);
          Instant at = wentAt(known);
          if (user != null && at != null && at.isAfter(since) && wanted.contains(user)) {
            sends
                .computeIfAbsent(user, _ -> new ArrayList<>())
                .add(new RecentSends.Send(message, at));
          }
        });
    return new RecentSends(users, sends);
  }

  /** Whom a message is for; null when it is not planned. */
  private @Nullable Long user(MessageRef message) {
    for (MemoryPlan plan : plans.getOrDefault(message.campaign(), List.of())) {
      int place = message.seq() - plan.run().firstSeq();
      if (place >= 0 && place < plan.run().count()) {
        return plan.audience().get(place).identity().key();
      }
    }
    return null;
  }

  /** When a message went out, or may have; null when it certainly did not. */
  private static @Nullable Instant wentAt(List<Fact> known) {
    Set<FactKind> kinds = known.stream().map(Fact::kind).collect(Collectors.toSet());
    Set<String> open = details(known, FactKind.ATTEMPTED);
    open.removeAll(details(known, FactKind.RETURNED));
    boolean went =
        kinds.contains(FactKind.ACCEPTED)
            || kinds.contains(FactKind.GHOST_SENT)
            || (!open.isEmpty() && !kinds.contains(FactKind.REFUSED));
    return went
        ? known.stream()
            .filter(
                fact ->
                    fact.kind() == FactKind.ATTEMPTED
                        || fact.kind() == FactKind.ACCEPTED
                        || fact.kind() == FactKind.GHOST_SENT)
            .map(Fact::at)
            .max(Instant::compareTo)
            .orElse(null)
        : null;
  }

  private static boolean suppressed(PlannedRun plan, int seq) {
    return plan.suppressed().values().stream().anyMatch(set -> set.contains(seq));
  }

  private static State state(List<Fact> known) {
    for (Fact fact : known) {
      switch (fact.kind()) {
        case ATTEMPTED,
            RETURNED,
            REPLIED,
            CONVERTED,
            VIEW_CONVERTED,
            CLICK_CONVERTED,
            CONVERSION_SHARED,
            VARIANT_GIVEN -> {
          // These settle nothing by themselves.
        }
        case SUPPRESSED,
            ACCEPTED,
            REFUSED,
            GHOST_SENT,
            RECEIPT_SENT,
            RECEIPT_DELIVERED,
            RECEIPT_FAILED,
            VIEWED,
            CLICKED,
            BOT_CLICKED,
            REPLIED_IN_CONTEXT -> {
          return State.DONE;
        }
      }
    }
    Set<String> open = details(known, FactKind.ATTEMPTED);
    open.removeAll(details(known, FactKind.RETURNED));
    return open.isEmpty() ? State.OPEN : State.UNCERTAIN;
  }

  private static Set<String> details(List<Fact> known, FactKind kind) {
    Set<String> details = new HashSet<>();
    for (Fact fact : known) {
      if (fact.kind() == kind && fact.detail() != null) {
        details.add(fact.detail());
      }
    }
    return details;
  }

  @Override
  public synchronized Ledger loadLedger(int campaign, ZoneId zone) {
    Ledger ledger = new Ledger(campaign, zone);
    plans.getOrDefault(campaign, List.of()).forEach(plan -> ledger.add(plan.run()));
    facts.values().stream()
        .flatMap(List::stream)
        .filter(fact -> fact.campaign() == campaign)
        .forEach(ledger::add);
    return ledger;
  }

  @Override
  public void snapshotLedger(int campaign, ZoneId zone) {}

  @Override
  public List<HeldOut> heldOut(int campaign, int after, int limit) {
    throw unsupported();
  }

  @Override
  public List<Member> systemControlGroup(int percent, long after, int limit) {
    throw unsupported();
  }

  @Override
  public void close() {}

  @Override
  public Reach estimate(Rule rule, Evaluation evaluation) {
    throw unsupported();
  }

  @Override
  public List<Fitting> fitting(Rule rule, Evaluation evaluation, long after, int limit) {
    throw unsupported();
  }

  @Override
  public CustomList createList(ListOrder order, ListRows rows) {
    throw unsupported();
  }

  @Override
  public Optional<CustomList> replaceList(int id, ListOrder order, ListRows rows) {
    throw unsupported();
  }

  @Override
  public Optional<CustomList> list(int id) {
    throw unsupported();
  }

  @Override
  public List<CustomList> lists() {
    throw unsupported();
  }

  @Override
  public boolean deleteList(int id) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestProperties(String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestEvents(String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestEventProperties(String event, String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public List<Suggestion> suggestValues(
      @Nullable String event, String property, String prefix, int limit) {
    throw unsupported();
  }

  @Override
  public Recount recount(int campaign, ZoneId zone, IntConsumer still) {
    throw unsupported();
  }

  @Override
  public Optional<MessageLife> life(MessageRef message) {
    throw unsupported();
  }

  @Override
  public List<MessagePerson> people(int campaign, int[] seqs) {
    throw unsupported();
  }

  @Override
  public synchronized Optional<Person> person(Identity identity) {
    return people.stream()
        .filter(member -> member.identity().equals(identity))
        .findFirst()
        .map(this::person);
  }

  private Person person(MemoryPlan.Member member) {
    boolean valid = member.address().matches("\\d+");
    boolean left =
        kept.stream()
            .anyMatch(
                entry ->
                    entry instanceof Entry.Consent wish
                        && !wish.subscribed()
                        && wish.address().equals(member.address()));
    return new Person(
        member.identity().key(),
        member.identity(),
        null,
        member.properties(),
        valid ? member.address() : null,
        member.address().isEmpty()
            ? PhoneState.NONE
            : valid ? PhoneState.VALID : PhoneState.INVALID,
        Map.of(Channel.WHATSAPP, !left),
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Override
  public List<Person> searchPeople(PeopleSearch search) {
    throw unsupported();
  }

  @Override
  public Timeline timeline(long userKey, TimelineQuery query) {
    throw unsupported();
  }

  @Override
  public List<ChannelConsent> consents(long userKey) {
    throw unsupported();
  }

  @Override
  public List<MergedIdentity> mergedIdentities(long userKey) {
    throw unsupported();
  }

  @Override
  public long dropped() {
    return 0;
  }

  @Override
  public Totals totals() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("only what sending needs is kept in memory");
  }
}
