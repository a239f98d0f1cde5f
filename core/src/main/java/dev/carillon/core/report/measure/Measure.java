package dev.carillon.core.report.measure;

import dev.carillon.core.ledger.DaySets;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.ledger.EventLayers;
import dev.carillon.core.ledger.Events;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A number of a report: what set of messages it is the size of, and what is counted of it. */
@SuppressWarnings("ImmutableEnumChecker") // Functions without state.
public enum Measure {
  PLANNED(
      "planned",
      "Planned",
      Unit.MESSAGES,
      "messages that a run's audience selected",
      Of.set(DerivedSets::planned)),
  QUALIFIED(
      "qualified",
      "Qualified",
      Unit.USERS,
      "users selected, the control group included",
      Of.set(DerivedSets::planned)),
  CONTROL(
      "control",
      "Control group",
      Unit.MESSAGES,
      "messages of users held out to compare with",
      Of.set(DerivedSets::control)),
  CONTROL_SUPPRESSED(
      "controlSuppressed",
      "Control, suppressed",
      Unit.MESSAGES,
      "messages of held-out users that a rule would have suppressed; they leave the comparison",
      Of.set(DerivedSets::controlSuppressed)),
  SUPPRESSED(
      "suppressed",
      "Suppressed",
      Unit.MESSAGES,
      "messages that a rule stopped before sending",
      Of.set(DerivedSets::suppressedMessages)),
  DISPATCH_ERRORS(
      "dispatchErrors",
      "Dispatch errors",
      Unit.MESSAGES,
      "messages that the provider refused for good and that nothing proves to be sent",
      Of.set(DerivedSets::refused)),
  UNCERTAIN(
      "uncertain",
      "Uncertain",
      Unit.MESSAGES,
      "messages that were tried, whose answer is not known and of which nothing was heard since",
      Of.set(DerivedSets::uncertain)),
  PENDING(
      "pending",
      "Pending",
      Unit.MESSAGES,
      "messages whose turn has not come",
      Of.set(DerivedSets::pending)),
  SENT(
      "sent",
      "Sent",
      Unit.MESSAGES,
      "messages that the provider accepted, or that a later callback proves to be accepted",
      Of.days(DerivedSets::sent)),
  DELIVERED(
      "delivered",
      "Delivered",
      Unit.MESSAGES,
      "messages with a delivered callback, a view or a reply in context",
      Of.days(DerivedSets::delivered)),
  DELIVERED_IMPLIED(
      "deliveredImplied",
      "Delivered, implied",
      Unit.MESSAGES,
      "messages delivered by the proof of a view or a reply alone, without a delivered callback",
      Of.set(DerivedSets::deliveredImplied)),
  DELIVERY_ERRORS(
      "deliveryErrors",
      "Delivery errors",
      Unit.MESSAGES,
      "messages with a failure callback that never were delivered or viewed",
      Of.set(DerivedSets::failed)),
  UNKNOWN(
      "unknown",
      "Unknown",
      Unit.MESSAGES,
      "messages sent of which neither delivery nor failure was heard",
      Of.set(DerivedSets::unknown)),
  VIEWED(
      "viewed",
      "Viewed",
      Unit.MESSAGES,
      "messages that were read or whose impression came",
      Of.days(DerivedSets::viewed)),
  CLICKED(
      "clicked",
      "Clicks",
      Unit.EVENTS,
      "clicks of people on the messages' links",
      Of.events(DerivedSets::clicked, Events::clicks)),
  BOT_CLICKED(
      "botClicked",
      "Bot clicks",
      Unit.EVENTS,
      "clicks of bots and link scanners, left out of Clicks",
      Of.events(DerivedSets::botClicked, Events::botClicks)),
  REPLIED(
      "replied",
      "Replied",
      Unit.EVENTS,
      "incoming messages attributed to the messages",
      Of.events(DerivedSets::replied, Events::replies)),
  CONVERTED(
      "converted",
      "Converted users",
      Unit.USERS,
      "users who did the goal event within the window after the message was sent to them",
      Of.days(DerivedSets::converted)),
  VIEW_CONVERTED(
      "viewConverted",
      "View-through conversions",
      Unit.USERS,
      "converted users with a goal event at or after their first view",
      Of.set(DerivedSets::viewConverted)),
  CLICK_CONVERTED(
      "clickConverted",
      "Click-through conversions",
      Unit.USERS,
      "converted users with a goal event at or after their first click",
      Of.set(DerivedSets::clickConverted));

  private final String key;
  private final String title;
  private final Unit unit;
  private final String meaning;
  private final Of of;

  Measure(String key, String title, Unit unit, String meaning, Of of) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.meaning = meaning;
    this.of = of;
  }

  /** The name in JSON, addresses and recounts. */
  public String key() {
    return key;
  }

  /** The name on pages. */
  public String title() {
    return title;
  }

  /** What is counted. */
  public Unit unit() {
    return unit;
  }

  /** What it is the number of, in plain words, to follow "the number of". */
  public String meaning() {
    return meaning;
  }

  /** The messages that it counts, or counts the users or events of; not to be changed. */
  public RoaringBitmap set(DerivedSets sets) {
    return of.set.apply(sets);
  }

  /**
   * The same by day.
   *
   * @throws IllegalStateException when it is not known by day
   */
  public DaySets days(DerivedSets sets) {
    return found(of.days).apply(sets);
  }

  /**
   * The events of its messages.
   *
   * @throws IllegalStateException when events are not what it counts
   */
  public EventLayers events(DerivedSets sets) {
    return found(of.events).apply(sets.events());
  }

  private <T> T found(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException(key + " is not counted so");
    }
    return part;
  }

  /** The measure with this key; empty when there is none. */
  public static Optional<Measure> ofKey(String key) {
    for (Measure measure : values()) {
      if (measure.key.equals(key)) {
        return Optional.of(measure);
      }
    }
    return Optional.empty();
  }

  /** What is counted of a set of messages. */
  public enum Unit {
    MESSAGES,
    USERS,
    /** Events in {@link Counting#TOTAL}, messages in {@link Counting#UNIQUE}. */
    EVENTS
  }

  /** What of the derived sets a measure counts. */
  private record Of(
      Function<DerivedSets, RoaringBitmap> set,
      @Nullable Function<DerivedSets, DaySets> days,
      @Nullable Function<Events, EventLayers> events) {

    static Of set(Function<DerivedSets, RoaringBitmap> set) {
      return new Of(set, null, null);
    }

    static Of days(Function<DerivedSets, DaySets> days) {
      return new Of(sets -> days.apply(sets).all(), days, null);
    }

    static Of events(Function<DerivedSets, DaySets> days, Function<Events, EventLayers> events) {
      return new Of(sets -> days.apply(sets).all(), days, events);
    }
  }
}
