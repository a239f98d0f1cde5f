package dev.carillon.core.report.measure;

import java.util.Optional;

/** A number of a report: what set of messages it is the size of, and what is counted of it. */
public enum Measure {
  PLANNED("planned", "Planned", Unit.MESSAGES, "messages that a run's audience selected"),
  QUALIFIED("qualified", "Qualified", Unit.USERS, "users selected, the control group included"),
  CONTROL("control", "Control group", Unit.MESSAGES, "messages of users held out to compare with"),
  CONTROL_SUPPRESSED(
      "controlSuppressed",
      "Control, suppressed",
      Unit.MESSAGES,
      "messages of held-out users that a rule would have suppressed; they leave the comparison"),
  SUPPRESSED(
      "suppressed", "Suppressed", Unit.MESSAGES, "messages that a rule stopped before sending"),
  DISPATCH_ERRORS(
      "dispatchErrors",
      "Dispatch errors",
      Unit.MESSAGES,
      "messages that the provider refused for good and that nothing proves to be sent"),
  UNCERTAIN(
      "uncertain",
      "Uncertain",
      Unit.MESSAGES,
      "messages that were tried, whose answer is not known and of which nothing was heard since"),
  PENDING("pending", "Pending", Unit.MESSAGES, "messages whose turn has not come"),
  SENT(
      "sent",
      "Sent",
      Unit.MESSAGES,
      "messages that the provider accepted, or that a later callback proves to be accepted"),
  DELIVERED(
      "delivered",
      "Delivered",
      Unit.MESSAGES,
      "messages with a delivered callback, a view or a reply in context"),
  DELIVERED_IMPLIED(
      "deliveredImplied",
      "Delivered, implied",
      Unit.MESSAGES,
      "messages delivered by the proof of a view or a reply alone, without a delivered callback"),
  DELIVERY_ERRORS(
      "deliveryErrors",
      "Delivery errors",
      Unit.MESSAGES,
      "messages with a failure callback that never were delivered or viewed"),
  UNKNOWN(
      "unknown",
      "Unknown",
      Unit.MESSAGES,
      "messages sent of which neither delivery nor failure was heard"),
  VIEWED("viewed", "Viewed", Unit.MESSAGES, "messages that were read or whose impression came"),
  CLICKED("clicked", "Clicks", Unit.EVENTS, "clicks of people on the messages' links"),
  BOT_CLICKED(
      "botClicked",
      "Bot clicks",
      Unit.EVENTS,
      "clicks of bots and link scanners, left out of Clicks"),
  REPLIED("replied", "Replied", Unit.EVENTS, "incoming messages attributed to the messages"),
  CONVERTED(
      "converted",
      "Converted users",
      Unit.USERS,
      "users who did the goal event within the window after the message was sent to them"),
  VIEW_CONVERTED(
      "viewConverted",
      "View-through conversions",
      Unit.USERS,
      "converted users with a goal event at or after their first view"),
  CLICK_CONVERTED(
      "clickConverted",
      "Click-through conversions",
      Unit.USERS,
      "converted users with a goal event at or after their first click");

  private final String key;
  private final String title;
  private final Unit unit;
  private final String meaning;

  Measure(String key, String title, Unit unit, String meaning) {
    this.key = key;
    this.title = title;
    this.unit = unit;
    this.meaning = meaning;
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
}
