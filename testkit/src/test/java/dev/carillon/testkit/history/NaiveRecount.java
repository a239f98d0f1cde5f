package dev.carillon.testkit.history;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.Counting;
import dev.carillon.core.report.ReportFilter;
import dev.carillon.core.report.Stage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts a WhatsApp report again, message by message over plain lists, without sets, bitmaps or any
 * code of the ledger: each message is asked what became of it.
 */
final class NaiveRecount {
  private final History history;
  private final Duration window;
  private final DayOfWeek weekStart;
  private final ReportFilter filter;
  private final List<Message> messages = new ArrayList<>();

  NaiveRecount(History history, Duration window, DayOfWeek weekStart, ReportFilter filter) {
    this.weekStart = weekStart;
    this.history = history;
    this.window = window;
    this.filter = filter;
    Map<Integer, List<Fact>> facts = new HashMap<>();
    history.facts().forEach(f -> facts.computeIfAbsent(f.seq(), s -> new ArrayList<>()).add(f));
    Map<Integer, List<GoalEvent>> goals = new HashMap<>();
    history
        .goalEvents()
        .forEach(g -> goals.computeIfAbsent(g.seq(), s -> new ArrayList<>()).add(g));
    Set<Integer> seqs = new TreeSet<>();
    for (PlannedRun run : history.runs()) {
      for (int seq = run.firstSeq(); seq < run.firstSeq() + run.count(); seq++) {
        seqs.add(seq);
      }
    }
    for (int seq : seqs) {
      messages.add(
          new Message(
              seq,
              history,
              facts.getOrDefault(seq, List.of()),
              goals.getOrDefault(seq, List.of())));
    }
  }

  /** All numbers by the names that {@link ReportNumbers} gives them. */
  Map<String, Object> numbers() {
    Map<String, Object> numbers = new TreeMap<>();
    sets().forEach((name, members) -> numbers.put(name, (long) members.size()));
    numbers.values().removeIf(count -> count.equals(0L));
    boolean total = filter.counting() == Counting.TOTAL;
    if (total) {
      putIfAny(numbers, "replied", sum(m -> m.replied() ? m.events(FactKind.REPLIED).size() : 0));
      putIfAny(numbers, "clicked", sum(m -> m.events(FactKind.CLICKED).size()));
      putIfAny(numbers, "botClicked", sum(m -> m.events(FactKind.BOT_CLICKED).size()));
      Set<String> links = new HashSet<>();
      selected(Message::target).forEach(m -> links.addAll(m.details(FactKind.CLICKED)));
      links.forEach(link -> numbers.put("link:" + link, sum(m -> m.linkEvents(link).size())));
    }
    trends(numbers, total);
    comparison(numbers);
    return numbers;
  }

  /** The messages behind each number, by the names of report sets. */
  Map<String, NavigableSet<Integer>> sets() {
    Map<String, NavigableSet<Integer>> sets = new TreeMap<>();
    put(sets, "planned", m -> true);
    put(sets, "qualified", m -> true);
    put(sets, "control", m -> m.control);
    put(sets, "controlSuppressed", m -> m.control && m.reason() != null);
    for (Fate fate : Fate.values()) {
      put(sets, fate.name, m -> m.fate() == fate);
    }
    put(sets, "delivered", m -> m.delivered());
    put(sets, "deliveredImplied", m -> m.delivered() && !m.has(FactKind.RECEIPT_DELIVERED));
    put(sets, "deliveryErrors", m -> m.deliveryError() != null);
    put(sets, "unknown", m -> m.sent() && !m.delivered() && m.deliveryError() == null);
    put(sets, "viewed", m -> m.target() && m.has(FactKind.VIEWED));
    put(sets, "clicked", m -> m.target() && m.has(FactKind.CLICKED));
    put(sets, "botClicked", m -> m.target() && m.has(FactKind.BOT_CLICKED));
    put(sets, "replied", Message::replied);
    put(sets, "converted", m -> m.sent() && m.convertedDay() != null);
    put(sets, "viewConverted", m -> m.sent() && m.has(FactKind.VIEW_CONVERTED));
    put(
        sets,
        "sharedConverted",
        m -> m.sent() && m.convertedDay() != null && m.has(FactKind.CONVERSION_SHARED));
    put(sets, "clickConverted", m -> m.sent() && m.has(FactKind.CLICK_CONVERTED));
    for (Message m : selected(any -> true)) {
      if (m.fate() == Fate.SUPPRESSED) {
        add(sets, "suppressed:" + m.reason(), m);
      }
      if (m.fate() == Fate.DISPATCH_ERROR) {
        add(sets, "dispatch:" + m.least(FactKind.REFUSED), m);
      }
      if (m.deliveryError() != null) {
        add(sets, "delivery:" + m.deliveryError(), m);
      }
      if (m.target()) {
        m.details(FactKind.CLICKED).forEach(link -> add(sets, "link:" + link, m));
      }
    }
    funnel(sets, "funnel:", List.of(Stage.SENT, Stage.DELIVERED, Stage.VIEWED, Stage.CONVERTED));
    funnel(sets, "influenced:", List.of(Stage.SENT, Stage.CONVERTED));
    return sets;
  }

  private void funnel(Map<String, NavigableSet<Integer>> sets, String prefix, List<Stage> stages) {
    List<Message> left = selected(Message::sent);
    boolean viewed = stages.contains(Stage.VIEWED) && !filter.without().contains(Stage.VIEWED);
    for (Stage stage : stages) {
      if (filter.without().contains(stage) && stage.removable()) {
        continue;
      }
      left =
          left.stream()
              .filter(
                  m ->
                      switch (stage) {
                        case SENT -> true;
                        case DELIVERED -> m.inWindow(m.first(DELIVERED), window);
                        case VIEWED -> m.inWindow(m.first(FactKind.VIEWED), window);
                        case CLICKED -> m.inWindow(m.first(FactKind.CLICKED), window);
                        case CONVERTED ->
                            viewed ? m.has(FactKind.VIEW_CONVERTED) : m.convertedDay() != null;
                      })
              .toList();
      left.forEach(m -> add(sets, prefix + stage.key(), m));
    }
  }

  private void trends(Map<String, Object> numbers, boolean total) {
    for (Message m : selected(Message::target)) {
      bucket(numbers, "sent", m.sent() ? m.first(PROOFS) : null);
      bucket(numbers, "delivered", m.delivered() ? m.first(DELIVERED) : null);
      bucket(numbers, "viewed", m.first(FactKind.VIEWED));
      if (total) {
        if (m.replied()) {
          m.events(FactKind.REPLIED).values().forEach(day -> bucket(numbers, "replied", day));
        }
        m.events(FactKind.CLICKED).values().forEach(day -> bucket(numbers, "clicked", day));
      } else {
        bucket(numbers, "replied", m.replied() ? m.first(FactKind.REPLIED) : null);
        bucket(numbers, "clicked", m.first(FactKind.CLICKED));
      }
    }
  }

  private void bucket(Map<String, Object> numbers, String kind, @Nullable LocalDate day) {
    if (day != null) {
      LocalDate week = day;
      while (week.getDayOfWeek() != weekStart) {
        week = week.minusDays(1);
      }
      for (String bucket :
          List.of(
              "daily." + day,
              "weekly." + week,
              "monthly." + LocalDate.of(day.getYear(), day.getMonth(), 1))) {
        numbers.merge(bucket + "." + kind, 1L, (a, b) -> (Long) a + (Long) b);
      }
    }
  }

  private void comparison(Map<String, Object> numbers) {
    List<Message> target = selected(Message::sent);
    NaiveRecount withoutVariant =
        new NaiveRecount(history, window, weekStart, filter.ofVariant(null));
    List<Message> control =
        withoutVariant.selected(m -> m.control && m.reason() == null && m.has(FactKind.GHOST_SENT));
    group(numbers, "target", target);
    group(numbers, "control", control);
  }

  private static void group(Map<String, Object> numbers, String name, List<Message> group) {
    long converted = group.stream().filter(m -> m.convertedDay() != null).count();
    long micros = group.stream().mapToLong(Message::revenueMicros).sum();
    putIfAny(numbers, name + ".users", group.size());
    putIfAny(numbers, name + ".converted", converted);
    if (micros != 0) {
      numbers.put(name + ".revenue", BigDecimal.valueOf(micros, 6).stripTrailingZeros());
    }
  }

  private void put(
      Map<String, NavigableSet<Integer>> sets, String name, Predicate<Message> belongs) {
    selected(belongs).forEach(m -> add(sets, name, m));
  }

  private static void add(Map<String, NavigableSet<Integer>> sets, String name, Message message) {
    sets.computeIfAbsent(name, n -> new TreeSet<>()).add(message.seq);
  }

  private static void putIfAny(Map<String, Object> numbers, String name, long count) {
    numbers.remove(name);
    if (count != 0) {
      numbers.put(name, count);
    }
  }

  private long sum(Function<Message, Integer> number) {
    return selected(Message::target).stream().mapToLong(number::apply).sum();
  }

  private List<Message> selected(Predicate<Message> also) {
    return messages.stream()
        .filter(m -> filter.run() == null || filter.run() == m.run)
        .filter(m -> filter.variant() == null || (m.target() && filter.variant().equals(m.variant)))
        .filter(m -> filter.os() == null)
        .filter(m -> filter.from() == null || !m.day().isBefore(filter.from()))
        .filter(m -> filter.to() == null || !m.day().isAfter(filter.to()))
        .filter(also)
        .toList();
  }

  private static final FactKind[] PROOFS = {
    FactKind.ACCEPTED,
    FactKind.RECEIPT_SENT,
    FactKind.RECEIPT_DELIVERED,
    FactKind.RECEIPT_FAILED,
    FactKind.VIEWED,
    FactKind.CLICKED,
    FactKind.REPLIED_IN_CONTEXT
  };
  private static final Set<FactKind> NAMED =
      Set.of(FactKind.SUPPRESSED, FactKind.REFUSED, FactKind.RECEIPT_FAILED);
  private static final FactKind[] DELIVERED = {
    FactKind.RECEIPT_DELIVERED, FactKind.VIEWED, FactKind.REPLIED_IN_CONTEXT
  };

  /** What became of a target message. */
  private enum Fate {
    CONTROL("control"),
    SENT("sent"),
    DISPATCH_ERROR("dispatchErrors"),
    SUPPRESSED("suppressed"),
    UNCERTAIN("uncertain"),
    PENDING("pending");

    private final String name;

    Fate(String name) {
      this.name = name;
    }
  }

  /** One message and all that is known of it. */
  private static final class Message {
    private final int seq;
    private final ZoneId zone;
    private final List<Fact> facts;
    private final List<GoalEvent> goals;
    private int run = Integer.MAX_VALUE;
    private boolean control;
    private @Nullable Integer variant;
    private @Nullable String planReason;
    private LocalDate planned = LocalDate.MAX;

    Message(int seq, History history, List<Fact> facts, List<GoalEvent> goals) {
      this.seq = seq;
      this.zone = history.zone();
      this.facts = facts;
      this.goals = goals;
      for (Fact fact : facts) {
        String given = fact.kind() == FactKind.VARIANT_GIVEN ? fact.detail() : null;
        if (given != null && (variant == null || Integer.parseInt(given) < variant)) {
          variant = Integer.valueOf(given);
        }
      }
      for (PlannedRun plan : history.runs()) {
        if (seq < plan.firstSeq() || seq >= plan.firstSeq() + plan.count()) {
          continue;
        }
        run = plan.run();
        planned = dayOf(plan.plannedAt());
        control = plan.control().contains(seq);
        plan.variants()
            .forEach(
                (number, members) -> {
                  if (members.contains(seq) && (variant == null || number < variant)) {
                    variant = number;
                  }
                });
        for (SuppressionReason reason : plan.suppressed().keySet()) {
          if (Objects.requireNonNull(plan.suppressed().get(reason)).contains(seq)
              && (planReason == null || reason.key().compareTo(planReason) < 0)) {
            planReason = reason.key();
          }
        }
      }
    }

    boolean target() {
      return !control;
    }

    boolean has(FactKind... kinds) {
      return first(kinds) != null;
    }

    boolean sent() {
      return target() && has(PROOFS);
    }

    boolean delivered() {
      return target() && has(DELIVERED);
    }

    boolean replied() {
      return target() && has(FactKind.REPLIED) && !has(FactKind.REFUSED);
    }

    @Nullable String deliveryError() {
      return target() && !delivered() ? least(FactKind.RECEIPT_FAILED) : null;
    }

    Fate fate() {
      if (control) {
        return Fate.CONTROL;
      }
      if (sent()) {
        return Fate.SENT;
      }
      if (has(FactKind.REFUSED)) {
        return Fate.DISPATCH_ERROR;
      }
      if (reason() != null) {
        return Fate.SUPPRESSED;
      }
      Set<String> tries = new HashSet<>(details(FactKind.ATTEMPTED));
      tries.removeAll(details(FactKind.RETURNED));
      return tries.isEmpty() ? Fate.PENDING : Fate.UNCERTAIN;
    }

    @Nullable String reason() {
      return planReason != null ? planReason : least(FactKind.SUPPRESSED);
    }

    Set<String> details(FactKind kind) {
      String without = NAMED.contains(kind) ? "unknown" : "";
      Set<String> details = new TreeSet<>();
      facts.stream()
          .filter(f -> f.kind() == kind)
          .forEach(f -> details.add(Objects.requireNonNullElse(f.detail(), without)));
      return details;
    }

    @Nullable String least(FactKind kind) {
      return details(kind).stream().findFirst().orElse(null);
    }

    @Nullable LocalDate first(FactKind... kinds) {
      Collection<FactKind> wanted = Arrays.asList(kinds);
      return facts.stream()
          .filter(f -> wanted.contains(f.kind()))
          .map(f -> dayOf(f.at()))
          .min(LocalDate::compareTo)
          .orElse(null);
    }

    LocalDate day() {
      LocalDate started = first(FactKind.ATTEMPTED, FactKind.GHOST_SENT);
      return started == null ? planned : started;
    }

    /** The earliest day of each distinct event. */
    Map<String, LocalDate> events(FactKind kind) {
      return events(f -> f.kind() == kind, f -> String.valueOf(f.event()));
    }

    Map<String, LocalDate> linkEvents(String link) {
      return events(
          f ->
              f.kind() == FactKind.CLICKED
                  && Objects.requireNonNullElse(f.detail(), "").equals(link),
          f -> String.valueOf(f.event()));
    }

    private Map<String, LocalDate> events(Predicate<Fact> which, Function<Fact, String> id) {
      Map<String, LocalDate> events = new HashMap<>();
      facts.stream()
          .filter(which)
          .forEach(f -> events.merge(id.apply(f), dayOf(f.at()), (a, b) -> a.isBefore(b) ? a : b));
      return events;
    }

    @Nullable LocalDate convertedDay() {
      List<LocalDate> days = new ArrayList<>();
      LocalDate marked =
          first(FactKind.CONVERTED, FactKind.VIEW_CONVERTED, FactKind.CLICK_CONVERTED);
      if (marked != null) {
        days.add(marked);
      }
      goals.forEach(goal -> days.add(dayOf(goal.at())));
      return days.stream().min(LocalDate::compareTo).orElse(null);
    }

    long revenueMicros() {
      Map<Long, Long> byEvent = new HashMap<>();
      goals.forEach(goal -> byEvent.merge(goal.eventId(), goal.revenueMicros(), Math::min));
      return byEvent.values().stream().mapToLong(Long::longValue).sum();
    }

    boolean inWindow(@Nullable LocalDate day, Duration window) {
      LocalDate sent = first(PROOFS);
      if (day == null || sent == null) {
        return false;
      }
      Instant lastSending = sent.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1);
      return !day.isAfter(dayOf(lastSending.plus(window)));
    }

    private LocalDate dayOf(Instant at) {
      return at.atZone(zone).toLocalDate();
    }
  }
}
