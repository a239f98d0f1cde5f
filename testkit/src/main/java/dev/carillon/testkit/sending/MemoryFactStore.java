package dev.carillon.testkit.sending;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserZone;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.engine.port.campaign.TooManyQualifyException;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.AppliedFeed;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.PersonLookup;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.RecentSends;
import java.time.Instant;
import java.time.LocalDate;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of the facts side that sending needs, in memory: every person added is the audience of
 * every run. What was appended can be read only after {@link #settle()}, so that a test that
 * forgets to settle fails.
 */
public final class MemoryFactStore
    implements EntryJournal, AppliedFeed, PlanningStore, MessageStore, LedgerStore, PersonLookup {
  private final MemoryPeople people = new MemoryPeople();
  private final Map<Integer, List<MemoryPlan>> plans = new HashMap<>();
  private final List<Entry> unread = new ArrayList<>();
  private final List<Entry> kept = new ArrayList<>();
  private final KnownFacts facts = new KnownFacts();
  private final List<Consumer<Applied>> listeners = new ArrayList<>();
  private List<Integer> connections = List.of();
  private boolean down;
  private int looks;

  /** Adds one to the audience. An empty address is none. */
  public synchronized void addPerson(Identity identity, String address, String properties) {
    people.add(identity, address, properties);
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
    return List.copyOf(facts.of(new MessageRef(campaign, seq)));
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
    unread.forEach(people::read);
    List<Fact> fresh = facts.read(unread);
    kept.addAll(unread);
    unread.clear();
    if (!fresh.isEmpty()) {
      listeners.forEach(listener -> listener.accept(new Applied(fresh, List.of())));
    }
  }

  @Override
  public synchronized void onApplied(Consumer<Applied> listener) {
    listeners.add(listener);
  }

  @Override
  public synchronized RunPlan plan(PlanOrder order) {
    settle();
    Integer safety = order.limits().safety();
    List<MemoryPlan> runs = plans.computeIfAbsent(order.campaign(), _ -> new ArrayList<>());
    for (MemoryPlan known : runs) {
      if (known.run().run() == order.run()) {
        return through(order, known.run());
      }
    }
    List<MemoryPeople.Member> audience = people.all();
    if (safety != null && audience.size() > safety) {
      throw new TooManyQualifyException(audience.size());
    }
    int firstSeq = runs.stream().mapToInt(known -> known.run().count()).sum();
    MemoryPlan plan = MemoryPlan.of(order, audience, firstSeq).capped(room(order, runs));
    runs.add(plan);
    return through(order, plan.run());
  }

  /** Plans from now on with as many messages for each of these connections, whatever is ordered. */
  public synchronized void spreadOver(Integer... ids) {
    connections = List.of(ids);
  }

  private RunPlan through(PlanOrder order, PlannedRun run) {
    if (connections.isEmpty()) {
      return RunPlan.through(order.routes().getFirst().connection(), run);
    }
    List<RunSection> sections = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      int from = run.count() * i / connections.size();
      int to = run.count() * (i + 1) / connections.size();
      sections.add(new RunSection(connections.get(i), run.firstSeq() + from, to - from));
    }
    return new RunPlan(run, sections);
  }

  /** How many more messages to target users the campaign's cap allows. */
  private long room(PlanOrder order, List<MemoryPlan> earlier) {
    ZoneId zone = order.zone();
    LocalDate day = LocalDate.ofInstant(order.at(), zone);
    long before = 0;
    long today = 0;
    for (MemoryPlan plan : earlier) {
      long through =
          plan.targets().stream()
              .filter(seq -> !facts.fellOut(new MessageRef(order.campaign(), seq)))
              .count();
      before += through;
      today += LocalDate.ofInstant(plan.run().plannedAt(), zone).equals(day) ? through : 0;
    }
    return order.limits().target().room(before, today);
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
    return people.all().stream()
        .map(MemoryPeople.Member::zone)
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
        if (!plan.isSuppressed(seq)) {
          MemoryPeople.Member person = plan.audience().get(seq - first);
          MessageRef message = new MessageRef(campaign, seq);
          outgoing.add(
              new Outgoing(
                  seq,
                  person.address(),
                  plan.run().control().contains(seq),
                  plan.variants().get(seq - first),
                  person.identity(),
                  person.properties(),
                  facts.state(message),
                  facts.tries(message),
                  plan.notBefore().get(seq),
                  person.zone()));
        }
      }
    }
    return outgoing;
  }

  @Override
  public synchronized Map<Integer, Long> users(int campaign, int fromSeq, int toSeq) {
    Map<Integer, Long> users = new HashMap<>();
    for (int seq = fromSeq; seq < toSeq; seq++) {
      Long user = user(new MessageRef(campaign, seq));
      if (user != null) {
        users.put(seq, user);
      }
    }
    return users;
  }

  /** How often it was asked what users were sent lately. */
  public synchronized int looksAtRecentSends() {
    return looks;
  }

  @Override
  public synchronized RecentSends recentSends(
      int campaign, int fromSeq, int toSeq, Channel channel, Instant since) {
    looks++;
    Map<Integer, Long> users = users(campaign, fromSeq, toSeq);
    Set<Long> wanted = new HashSet<>(users.values());
    Map<Long, List<RecentSends.Send>> sends = new HashMap<>();
    facts.each(
        (message, known) -> {
          Long user = channel(message) == channel ? user(message) : null;
          Instant at = KnownFacts.wentAt(known);
          if (user != null && at != null && at.isAfter(since) && wanted.contains(user)) {
            sends
                .computeIfAbsent(user, _ -> new ArrayList<>())
                .add(new RecentSends.Send(message, run(message), at));
          }
        });
    return new RecentSends(users, sends);
  }

  /** The channel of a message; null when it is not planned. */
  private @Nullable Channel channel(MessageRef message) {
    return plan(message).map(MemoryPlan::channel).orElse(null);
  }

  private int run(MessageRef message) {
    return plan(message).map(plan -> plan.run().run()).orElseThrow();
  }

  /** The key of the user a message is for; null when it is not planned. */
  private @Nullable Long user(MessageRef message) {
    return plan(message)
        .map(plan -> plan.audience().get(message.seq() - plan.run().firstSeq()).identity().key())
        .orElse(null);
  }

  private Optional<MemoryPlan> plan(MessageRef message) {
    return plans.getOrDefault(message.campaign(), List.of()).stream()
        .filter(
            plan -> {
              int place = message.seq() - plan.run().firstSeq();
              return place >= 0 && place < plan.run().count();
            })
        .findFirst();
  }

  @Override
  public synchronized Ledger loadLedger(int campaign, ZoneId zone) {
    Ledger ledger = new Ledger(campaign, zone);
    plans.getOrDefault(campaign, List.of()).forEach(plan -> ledger.add(plan.run()));
    facts.addTo(ledger, campaign);
    return ledger;
  }

  @Override
  public void snapshotLedger(int campaign, ZoneId zone) {}

  @Override
  public synchronized Optional<Person> person(Identity identity) {
    settle();
    return people.person(identity);
  }
}
