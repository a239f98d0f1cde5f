package dev.carillon.testkit.history;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One message and all that is known of it, as lists of facts that are gone through every time. */
final class NaiveMessage {
  /** Kinds of facts that prove that a message was sent. */
  static final FactKind[] PROOFS = {
    FactKind.ACCEPTED,
    FactKind.RECEIPT_SENT,
    FactKind.RECEIPT_DELIVERED,
    FactKind.RECEIPT_FAILED,
    FactKind.VIEWED,
    FactKind.CLICKED,
    FactKind.REPLIED_IN_CONTEXT
  };

  /** Kinds of facts that prove that a message was delivered. */
  static final FactKind[] DELIVERED = {
    FactKind.RECEIPT_DELIVERED, FactKind.VIEWED, FactKind.REPLIED_IN_CONTEXT
  };

  private static final Set<FactKind> NAMED =
      Set.of(FactKind.SUPPRESSED, FactKind.REFUSED, FactKind.RECEIPT_FAILED);

  /** What became of a target message. */
  enum Fate {
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

    /** As the report calls the number. */
    String number() {
      return name;
    }
  }

  private final int seq;
  private final ZoneId zone;
  private final List<Fact> facts;
  private final List<GoalEvent> goals;
  private int run = Integer.MAX_VALUE;
  private boolean control;
  private final Map<PlannedAttribute, String> attributes = new EnumMap<>(PlannedAttribute.class);
  private @Nullable String planReason;
  private LocalDate planned = LocalDate.MAX;

  NaiveMessage(int seq, History history, List<Fact> facts, List<GoalEvent> goals) {
    this.seq = seq;
    this.zone = history.zone();
    this.facts = facts;
    this.goals = goals;
    for (Fact fact : facts) {
      String given = fact.kind() == FactKind.VARIANT_GIVEN ? fact.detail() : null;
      if (given != null) {
        give(PlannedAttribute.VARIANT, given);
      }
    }
    for (PlannedRun plan : history.runs()) {
      if (seq < plan.firstSeq() || seq >= plan.firstSeq() + plan.count()) {
        continue;
      }
      run = plan.run();
      planned = dayOf(plan.plannedAt());
      control = plan.control().contains(seq);
      plan.attributes()
          .forEach(
              (attribute, values) ->
                  values.forEach(
                      (value, members) -> {
                        if (members.contains(seq)) {
                          give(attribute, value);
                        }
                      }));
      for (SuppressionReason reason : plan.suppressed().keySet()) {
        if (Objects.requireNonNull(plan.suppressed().get(reason)).contains(seq)
            && (planReason == null || reason.key().compareTo(planReason) < 0)) {
          planReason = reason.key();
        }
      }
    }
  }

  int seq() {
    return seq;
  }

  int run() {
    return run;
  }

  /** Of several values the first in the alphabet. */
  private void give(PlannedAttribute attribute, String value) {
    attributes.merge(
        attribute, value.toLowerCase(Locale.ROOT), (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  /** The value of an attribute in lower case; null for a variant where it has none. */
  @Nullable String value(PlannedAttribute attribute) {
    return attribute == PlannedAttribute.VARIANT
        ? attributes.get(attribute)
        : attributes.getOrDefault(attribute, "unknown");
  }

  boolean control() {
    return control;
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
            f.kind() == FactKind.CLICKED && Objects.requireNonNullElse(f.detail(), "").equals(link),
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
    LocalDate marked = first(FactKind.CONVERTED, FactKind.VIEW_CONVERTED, FactKind.CLICK_CONVERTED);
    if (marked != null) {
      days.add(marked);
    }
    goals.forEach(goal -> days.add(dayOf(goal.at())));
    return days.stream().min(LocalDate::compareTo).orElse(null);
  }

  List<GoalEvent> goals() {
    return goals;
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
