package dev.carillon.testkit.history;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Stage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private final List<NaiveMessage> messages = new ArrayList<>();

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
          new NaiveMessage(
              seq,
              history,
              facts.getOrDefault(seq, List.of()),
              goals.getOrDefault(seq, List.of())));
    }
  }

  /** All numbers by the names that {@link ReportNumbers} gives them. */
  Map<String, Object> numbers() {
    Map<String, Object> numbers = new TreeMap<>();
    sets()
        .forEach(
            (name, members) ->
                numbers.put(name, ofUsers(name) ? users(members) : (long) members.size()));
    numbers.values().removeIf(count -> count.equals(0L));
    boolean total = filter.counting() == Counting.TOTAL;
    if (total) {
      putIfAny(numbers, "replied", sum(m -> m.replied() ? m.events(FactKind.REPLIED).size() : 0));
      putIfAny(numbers, "clicked", sum(m -> m.events(FactKind.CLICKED).size()));
      putIfAny(numbers, "botClicked", sum(m -> m.events(FactKind.BOT_CLICKED).size()));
      Set<String> links = new HashSet<>();
      selected(NaiveMessage::target).forEach(m -> links.addAll(m.details(FactKind.CLICKED)));
      links.forEach(link -> numbers.put("link:" + link, sum(m -> m.linkEvents(link).size())));
    }
    trends(numbers, total);
    comparison(numbers);
    return numbers;
  }

  private static boolean ofUsers(String name) {
    return name.equals("qualified")
        || name.endsWith("onverted")
        || name.startsWith("funnel:")
        || name.startsWith("influenced:");
  }

  private long users(Collection<Integer> seqs) {
    return seqs.stream().map(this::user).distinct().count();
  }

  /** The first message of the message's user, as its run says. */
  private int user(int seq) {
    int user = seq;
    for (PlannedRun run : history.runs()) {
      user = Math.min(user, run.recipients().first(seq));
    }
    return user;
  }

  /** The messages behind each number, by the names of report sets. */
  Map<String, NavigableSet<Integer>> sets() {
    Map<String, NavigableSet<Integer>> sets = new TreeMap<>();
    put(sets, "planned", m -> true);
    put(sets, "qualified", m -> true);
    put(sets, "control", NaiveMessage::control);
    put(sets, "controlSuppressed", m -> m.control() && m.reason() != null);
    for (NaiveMessage.Fate fate : NaiveMessage.Fate.values()) {
      put(sets, fate.number(), m -> m.fate() == fate);
    }
    put(sets, "delivered", m -> m.delivered());
    put(sets, "deliveredImplied", m -> m.delivered() && !m.has(FactKind.RECEIPT_DELIVERED));
    put(sets, "deliveryErrors", m -> m.deliveryError() != null);
    put(sets, "unknown", m -> m.sent() && !m.delivered() && m.deliveryError() == null);
    put(sets, "viewed", m -> m.target() && m.has(FactKind.VIEWED));
    put(sets, "clicked", m -> m.target() && m.has(FactKind.CLICKED));
    put(sets, "botClicked", m -> m.target() && m.has(FactKind.BOT_CLICKED));
    put(sets, "replied", NaiveMessage::replied);
    put(sets, "converted", m -> m.sent() && m.convertedDay() != null);
    put(sets, "viewConverted", m -> m.sent() && m.has(FactKind.VIEW_CONVERTED));
    put(
        sets,
        "sharedConverted",
        m -> m.sent() && m.convertedDay() != null && m.has(FactKind.CONVERSION_SHARED));
    put(sets, "clickConverted", m -> m.sent() && m.has(FactKind.CLICK_CONVERTED));
    for (NaiveMessage m : selected(any -> true)) {
      if (m.fate() == NaiveMessage.Fate.SUPPRESSED) {
        add(sets, "suppressed:" + m.reason(), m);
      }
      if (m.fate() == NaiveMessage.Fate.DISPATCH_ERROR) {
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
    Set<Integer> left = null;
    boolean viewed = stages.contains(Stage.VIEWED) && !filter.without().contains(Stage.VIEWED);
    for (Stage stage : stages) {
      if (filter.without().contains(stage) && stage.removable()) {
        continue;
      }
      Set<Integer> passed = new TreeSet<>();
      for (NaiveMessage m : selected(NaiveMessage::sent)) {
        int user = user(m.seq());
        if (reached(stage, m, viewed) && (left == null || left.contains(user))) {
          passed.add(user);
          add(sets, prefix + stage.key(), m);
        }
      }
      left = passed;
    }
  }

  private boolean reached(Stage stage, NaiveMessage m, boolean viewed) {
    return switch (stage) {
      case SENT -> true;
      case DELIVERED -> m.inWindow(m.first(NaiveMessage.DELIVERED), window);
      case VIEWED -> m.inWindow(m.first(FactKind.VIEWED), window);
      case CLICKED -> m.inWindow(m.first(FactKind.CLICKED), window);
      case CONVERTED -> viewed ? m.has(FactKind.VIEW_CONVERTED) : m.convertedDay() != null;
    };
  }

  private void trends(Map<String, Object> numbers, boolean total) {
    for (NaiveMessage m : selected(NaiveMessage::target)) {
      bucket(numbers, "sent", m.sent() ? m.first(NaiveMessage.PROOFS) : null);
      bucket(numbers, "delivered", m.delivered() ? m.first(NaiveMessage.DELIVERED) : null);
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
    List<NaiveMessage> target = selected(NaiveMessage::sent);
    NaiveRecount withoutVariant =
        new NaiveRecount(history, window, weekStart, filter.of(PlannedAttribute.VARIANT, null));
    List<NaiveMessage> control =
        withoutVariant.selected(
            m -> m.control() && m.reason() == null && m.has(FactKind.GHOST_SENT));
    group(numbers, "target", target);
    group(numbers, "control", control);
    putIfAny(
        numbers,
        "notANumber",
        Stream.of(target, control)
            .flatMap(group -> goals(group).stream())
            .filter(micros -> micros == GoalEvent.NOT_A_NUMBER)
            .count());
  }

  /** The revenue of each goal event, once a user, whatever many windows hold it. */
  private Collection<Long> goals(List<NaiveMessage> group) {
    Map<List<Long>, Long> byUser = new HashMap<>();
    for (NaiveMessage m : group) {
      for (GoalEvent goal : m.goals()) {
        byUser.merge(
            List.of((long) user(m.seq()), goal.eventId()), goal.revenueMicros(), Math::min);
      }
    }
    return byUser.values();
  }

  private void group(Map<String, Object> numbers, String name, List<NaiveMessage> group) {
    long converted =
        users(group.stream().filter(m -> m.convertedDay() != null).map(NaiveMessage::seq).toList());
    long micros =
        goals(group).stream()
            .filter(one -> one != GoalEvent.NOT_A_NUMBER)
            .mapToLong(Long::longValue)
            .sum();
    putIfAny(numbers, name + ".users", users(group.stream().map(NaiveMessage::seq).toList()));
    putIfAny(numbers, name + ".converted", converted);
    if (micros != 0) {
      numbers.put(name + ".revenue", BigDecimal.valueOf(micros, 6).stripTrailingZeros());
    }
  }

  private void put(
      Map<String, NavigableSet<Integer>> sets, String name, Predicate<NaiveMessage> belongs) {
    selected(belongs).forEach(m -> add(sets, name, m));
  }

  private static void add(
      Map<String, NavigableSet<Integer>> sets, String name, NaiveMessage message) {
    sets.computeIfAbsent(name, n -> new TreeSet<>()).add(message.seq());
  }

  private static void putIfAny(Map<String, Object> numbers, String name, long count) {
    numbers.remove(name);
    if (count != 0) {
      numbers.put(name, count);
    }
  }

  private long sum(Function<NaiveMessage, Integer> number) {
    return selected(NaiveMessage::target).stream().mapToLong(number::apply).sum();
  }

  private List<NaiveMessage> selected(Predicate<NaiveMessage> also) {
    return messages.stream()
        .filter(m -> filter.run() == null || filter.run() == m.run())
        .filter(m -> m.target() || !filter.attributes().containsKey(PlannedAttribute.VARIANT))
        .filter(
            m ->
                filter.attributes().entrySet().stream()
                    .allMatch(e -> e.getValue().equalsIgnoreCase(m.value(e.getKey()))))
        .filter(m -> filter.from() == null || !m.day().isBefore(filter.from()))
        .filter(m -> filter.to() == null || !m.day().isAfter(filter.to()))
        .filter(also)
        .toList();
  }
}
