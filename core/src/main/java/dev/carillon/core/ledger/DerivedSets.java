package dev.carillon.core.ledger;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.core.message.FactKinds;
import dev.carillon.core.message.PlannedAttribute;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the marks of a ledger mean: the sets of the metrics, derived by set algebra. Each planned
 * message is in exactly one of control, sent, dispatch errors, suppressed, uncertain and pending;
 * where the marks would allow several, in the first of these.
 *
 * <p>The sets given out must not be changed. Safe for several readers.
 */
public final class DerivedSets {
  public static final String AMPLIFICATION = "amplification";
  public static final String INBOX = "inbox";

  private final ZoneId zone;
  private final Recipients recipients;
  private final NavigableMap<Integer, Integer> runDays;
  private final RoaringBitmap planned;
  private final RoaringBitmap control;
  private final RoaringBitmap target;
  private final NavigableMap<Integer, RoaringBitmap> runs;
  private final Map<PlannedAttribute, NavigableMap<String, RoaringBitmap>> attributes =
      new EnumMap<>(PlannedAttribute.class);
  private final DaySets started;
  private final DaySets sent;
  private final NavigableMap<String, RoaringBitmap> dispatchErrors;
  private final RoaringBitmap refused;
  private final NavigableMap<String, RoaringBitmap> suppressed;
  private final RoaringBitmap suppressedMessages;
  private final RoaringBitmap uncertain;
  private final RoaringBitmap pending;
  private final RoaringBitmap controlSuppressed;
  private final RoaringBitmap comparableControl;
  private final DaySets ghostSent;
  private final DaySets delivered;
  private final RoaringBitmap deliveredImplied;
  private final NavigableMap<String, RoaringBitmap> deliveryErrors;
  private final RoaringBitmap failed;
  private final RoaringBitmap unknown;
  private final DaySets viewed;
  private final DaySets clicked;
  private final DaySets botClicked;
  private final DaySets replied;
  private final DaySets converted;
  private final DaySets controlConverted;
  private final RoaringBitmap sharedConverted;
  private final RoaringBitmap viewConverted;
  private final RoaringBitmap clickConverted;
  private final NavigableMap<String, RoaringBitmap> links;
  private final NavigableMap<String, RoaringBitmap> routes;
  private final Events events;
  private final RevenueSums revenue;
  private final RevenueSums controlRevenue;
  private final Map<String, String> dispatchTexts;
  private final Map<String, String> deliveryTexts;
  private final Map<Object, RoaringBitmap> derived = new ConcurrentHashMap<>();

  DerivedSets(Ledger ledger) {
    Plan plan = ledger.plan;
    FactSets marks = ledger.marks;
    zone = ledger.zone();
    recipients = plan.recipients;
    runDays = new TreeMap<>(plan.runDays);
    planned = plan.planned();
    control = RoaringBitmap.and(plan.control, planned);
    target = RoaringBitmap.andNot(planned, control);
    runs = Partition.of(planned.clone(), plan.runs);
    for (PlannedAttribute attribute : PlannedAttribute.values()) {
      attributes.put(attribute, values(attribute, plan, marks));
    }
    started = days(marks, planned, FactKind.ATTEMPTED, FactKind.GHOST_SENT);

    sent = days(marks, target, FactKinds.with(Meaning.PROVES_SENT));
    RoaringBitmap rest = RoaringBitmap.andNot(target, sent.all());
    dispatchErrors = Partition.of(rest, marks.byDetail(FactKind.REFUSED));
    refused = Partition.union(dispatchErrors.values());
    NavigableMap<String, RoaringBitmap> suppressedLater = marks.byDetail(FactKind.SUPPRESSED);
    suppressed = Partition.of(rest, plan.suppressed);
    Partition.of(rest, suppressedLater)
        .forEach((reason, seqs) -> Plan.set(suppressed, reason).or(seqs));
    suppressedMessages = Partition.union(suppressed.values());
    uncertain = openTries(marks, rest);
    rest.andNot(uncertain);
    pending = rest;

    controlSuppressed = Partition.union(plan.suppressed.values());
    controlSuppressed.or(Partition.union(suppressedLater.values()));
    controlSuppressed.and(control);
    ghostSent = days(marks, RoaringBitmap.andNot(control, controlSuppressed), FactKind.GHOST_SENT);
    comparableControl = ghostSent.all();

    delivered = days(marks, target, FactKinds.with(Meaning.PROVES_DELIVERED));
    deliveredImplied = RoaringBitmap.andNot(delivered.all(), marks.any(FactKind.RECEIPT_DELIVERED));
    unknown = RoaringBitmap.andNot(sent.all(), delivered.all());
    deliveryErrors = Partition.of(unknown, marks.byDetail(FactKind.RECEIPT_FAILED));
    failed = Partition.union(deliveryErrors.values());

    viewed = days(marks, target, FactKind.VIEWED);
    clicked = days(marks, target, FactKind.CLICKED);
    botClicked = days(marks, target, FactKind.BOT_CLICKED);
    replied =
        days(marks, RoaringBitmap.andNot(target, marks.any(FactKind.REFUSED)), FactKind.REPLIED);
    links = byDetail(marks, FactKind.CLICKED, clicked);
    routes = byDetail(marks, FactKind.VIEWED, viewed);

    converted = days(marks, sent.all(), FactKind.CONVERTED);
    controlConverted = days(marks, comparableControl, FactKind.CONVERTED);
    sharedConverted = RoaringBitmap.and(marks.any(FactKind.CONVERSION_SHARED), converted.all());
    viewConverted = RoaringBitmap.and(marks.any(FactKind.VIEW_CONVERTED), sent.all());
    clickConverted = RoaringBitmap.and(marks.any(FactKind.CLICK_CONVERTED), sent.all());
    events = Events.of(ledger);
    RevenueSums sums = ledger.goals.sums();
    revenue = sums.among(sent.all(), recipients);
    controlRevenue = sums.among(comparableControl, recipients);
    dispatchTexts = Map.copyOf(ledger.dispatchTexts);
    deliveryTexts = Map.copyOf(ledger.deliveryTexts);
  }

  private NavigableMap<String, RoaringBitmap> values(
      PlannedAttribute attribute, Plan plan, FactSets marks) {
    NavigableMap<String, RoaringBitmap> values = new TreeMap<>(attribute.order());
    merge(values, attribute, plan.values(attribute));
    if (attribute == PlannedAttribute.VARIANT) {
      merge(values, attribute, marks.byDetail(FactKind.VARIANT_GIVEN));
      return Partition.of(target.clone(), values);
    }
    RoaringBitmap without = planned.clone();
    NavigableMap<String, RoaringBitmap> parts = Partition.of(without, values);
    RoaringBitmap called = parts.remove(PlannedAttribute.UNKNOWN);
    if (called != null) {
      without.or(called);
    }
    if (!without.isEmpty()) {
      parts.put(PlannedAttribute.UNKNOWN, without);
    }
    return parts;
  }

  /** Of several spellings of a value the first in alphabetical order gives the name. */
  private static void merge(
      NavigableMap<String, RoaringBitmap> values,
      PlannedAttribute attribute,
      NavigableMap<String, RoaringBitmap> spelt) {
    spelt.forEach(
        (spelling, seqs) ->
            attribute
                .value(spelling)
                .ifPresent(value -> values.merge(value, seqs, (a, b) -> RoaringBitmap.or(a, b))));
  }

  private static DaySets days(FactSets marks, RoaringBitmap among, FactKind... kinds) {
    return days(marks, among, List.of(kinds));
  }

  private static DaySets days(FactSets marks, RoaringBitmap among, Collection<FactKind> kinds) {
    return DaySets.first(among, marks.days(kinds));
  }

  /**
   * A new set: those of {@code among} with a try of which it is not known that the provider did not
   * take it.
   */
  private static RoaringBitmap openTries(FactSets marks, RoaringBitmap among) {
    RoaringBitmap open = new RoaringBitmap();
    for (String attempt : marks.details(FactKind.ATTEMPTED)) {
      RoaringBitmap tried = marks.among(among, FactKind.ATTEMPTED, attempt);
      tried.andNot(marks.among(among, FactKind.RETURNED, attempt));
      open.or(tried);
    }
    return open;
  }

  private static NavigableMap<String, RoaringBitmap> byDetail(
      FactSets marks, FactKind kind, DaySets whole) {
    NavigableMap<String, RoaringBitmap> sets = new TreeMap<>();
    for (String detail : marks.details(kind)) {
      boolean only = marks.details(kind).size() == 1;
      sets.put(detail, only ? whole.all() : marks.among(whole.all(), kind, detail));
    }
    return sets;
  }

  public RoaringBitmap planned() {
    return planned;
  }

  /** Messages of users held out. */
  public RoaringBitmap control() {
    return control;
  }

  /** Messages of users not held out. */
  public RoaringBitmap target() {
    return target;
  }

  /** Messages by run, from 1. */
  public NavigableMap<Integer, RoaringBitmap> runs() {
    return Collections.unmodifiableNavigableMap(runs);
  }

  /**
   * Messages by value of an attribute, looked up without case. Each planned message is under one
   * value, {@link PlannedAttribute#UNKNOWN} where it has none; but of variants, where those held
   * out and those not drawn yet are under none, and there is no value for a single message.
   */
  public NavigableMap<String, RoaringBitmap> values(PlannedAttribute attribute) {
    return Collections.unmodifiableNavigableMap(
        Objects.requireNonNull(attributes.get(attribute), "each attribute"));
  }

  /**
   * A new set: the messages that belong to the days from {@code from} to {@code to}, both included:
   * by their first try or ghost send, before either by their planning.
   */
  public RoaringBitmap inPeriod(@Nullable LocalDate from, @Nullable LocalDate to) {
    RoaringBitmap waiting = new RoaringBitmap();
    runs.forEach(
        (run, seqs) -> {
          LocalDate day = LocalDate.ofEpochDay(runDays.getOrDefault(run, 0));
          if ((from == null || !day.isBefore(from)) && (to == null || !day.isAfter(to))) {
            waiting.or(seqs);
          }
        });
    waiting.andNot(started.all());
    waiting.or(started.between(from, to));
    return waiting;
  }

  public DaySets sent() {
    return sent;
  }

  /** Target messages refused and never sent, each under one code. */
  public NavigableMap<String, RoaringBitmap> dispatchErrors() {
    return Collections.unmodifiableNavigableMap(dispatchErrors);
  }

  /** Target messages suppressed, each under one reason: planning's before later ones. */
  public NavigableMap<String, RoaringBitmap> suppressed() {
    return Collections.unmodifiableNavigableMap(suppressed);
  }

  /** Messages with any dispatch error. */
  public RoaringBitmap refused() {
    return refused;
  }

  /** Target messages suppressed for any reason. */
  public RoaringBitmap suppressedMessages() {
    return suppressedMessages;
  }

  /** Messages with any delivery error. */
  public RoaringBitmap failed() {
    return failed;
  }

  public RoaringBitmap uncertain() {
    return uncertain;
  }

  public RoaringBitmap pending() {
    return pending;
  }

  public RoaringBitmap controlSuppressed() {
    return controlSuppressed;
  }

  /** The control group to compare with: ghost-sent, so that its clock runs, and not suppressed. */
  public RoaringBitmap comparableControl() {
    return comparableControl;
  }

  /** The same by day. */
  public DaySets ghostSent() {
    return ghostSent;
  }

  public DaySets delivered() {
    return delivered;
  }

  /** Delivered by the proof of a view or a reply in context alone. */
  public RoaringBitmap deliveredImplied() {
    return deliveredImplied;
  }

  /** Messages that failed after they were sent and never were delivered, each under one code. */
  public NavigableMap<String, RoaringBitmap> deliveryErrors() {
    return Collections.unmodifiableNavigableMap(deliveryErrors);
  }

  public RoaringBitmap unknown() {
    return unknown;
  }

  public DaySets viewed() {
    return viewed;
  }

  public DaySets clicked() {
    return clicked;
  }

  public DaySets botClicked() {
    return botClicked;
  }

  /**
   * Messages replied to. Those refused are left out: a refusal that becomes known after the reply
   * moves the reply to the message before, and the mark at the refused one stays.
   */
  public DaySets replied() {
    return replied;
  }

  /** Messages clicked by link; a message may be under several. */
  public NavigableMap<String, RoaringBitmap> links() {
    return Collections.unmodifiableNavigableMap(links);
  }

  /** Messages viewed by route; a message may be under several. */
  public NavigableMap<String, RoaringBitmap> routes() {
    return Collections.unmodifiableNavigableMap(routes);
  }

  /** Sent messages whose user converted, by the day of the first goal event. */
  public DaySets converted() {
    return converted;
  }

  /** The same of {@link #comparableControl()}. */
  public DaySets controlConverted() {
    return controlConverted;
  }

  /** Those of {@link #converted()} whose goal event counts for another campaign too. */
  public RoaringBitmap sharedConverted() {
    return sharedConverted;
  }

  public RoaringBitmap viewConverted() {
    return viewConverted;
  }

  public RoaringBitmap clickConverted() {
    return clickConverted;
  }

  /** Clicks and replies, each counted. */
  public Events events() {
    return events;
  }

  /** Revenue of sent messages. */
  public RevenueSums revenue() {
    return revenue;
  }

  /** Revenue of {@link #comparableControl()}. */
  public RevenueSums controlRevenue() {
    return controlRevenue;
  }

  /** The provider's words by code of a dispatch error. */
  public Map<String, String> dispatchTexts() {
    return dispatchTexts;
  }

  /** The provider's words by code of a delivery error. */
  public Map<String, String> deliveryTexts() {
    return deliveryTexts;
  }

  /**
   * How many users are behind messages: one who has several, in several runs or on several devices,
   * counts once. Who they are was settled when the runs were planned.
   */
  public long users(RoaringBitmap messages) {
    return recipients.users(messages);
  }

  /** As {@link #users(RoaringBitmap)}, of the messages that are in both sets. */
  public long users(RoaringBitmap messages, RoaringBitmap among) {
    return recipients.isEmpty()
        ? RoaringBitmap.andCardinality(messages, among)
        : recipients.users(RoaringBitmap.and(messages, among));
  }

  /** The users behind messages. */
  public Recipients recipients() {
    return recipients;
  }

  /**
   * A set that readers derive from these, kept as long as these hold. It must not be changed.
   *
   * @param name says what it is and how it was derived
   */
  public RoaringBitmap derived(Object name, Supplier<RoaringBitmap> derivation) {
    RoaringBitmap known = derived.get(name);
    if (known == null) {
      known = derivation.get();
      derived.put(name, known);
    }
    return known;
  }

  /**
   * A new set: those of {@code later} whose first day lies, as far as days can tell, within the
   * window after they were sent.
   */
  public RoaringBitmap withinWindow(DaySets later, Duration window) {
    RoaringBitmap within = later.all().clone();
    sent.byDay()
        .forEach(
            (day, seqs) ->
                later
                    .byDay()
                    .tailMap(AccountDays.lastDay(day, window, zone), false)
                    .values()
                    .forEach(late -> within.andNot(RoaringBitmap.and(late, seqs))));
    return within;
  }
}
