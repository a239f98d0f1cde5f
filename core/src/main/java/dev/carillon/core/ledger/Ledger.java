package dev.carillon.core.ledger;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The marks of one campaign's messages: which message bears which mark, as compressed sets. Adding
 * is set union, so order and repetition of what is added never matter. What the marks mean is
 * derived when read: {@link #sets()}.
 *
 * <p>Not thread-safe for writing: one writer at a time, and no reader beside a writer. Several
 * readers may read side by side.
 */
public final class Ledger {
  /** Longer codes and provider's words are cut: they come from outside. */
  static final int LONGEST_DETAIL = 200;

  static final int LONGEST_TEXT = 500;

  final Plan plan = new Plan();
  final Marks marks = new Marks();
  final NavigableMap<String, Happenings> clicks = new TreeMap<>();
  final Happenings machineClicks = new Happenings();
  final Happenings replies = new Happenings();
  final Happenings goals = new Happenings();

  /** The provider's words by code: of several the first in alphabetical order. */
  final NavigableMap<String, String> dispatchTexts = new TreeMap<>();

  final NavigableMap<String, String> deliveryTexts = new TreeMap<>();

  private final int campaign;
  private final AccountDays days;
  private final ZoneId zone;
  private @Nullable Instant lastCallbackAt;
  private long version;
  private @Nullable MessageSets sets;

  public Ledger(int campaign, ZoneId zone) {
    this.campaign = campaign;
    this.zone = zone;
    this.days = new AccountDays(zone);
  }

  public int campaign() {
    return campaign;
  }

  /** The account's zone, which decides the day of every mark. */
  public ZoneId zone() {
    return zone;
  }

  /** Grows with every addition, whether or not it said anything new. */
  public long version() {
    return version;
  }

  /** When the last callback that told of a message came in; null before the first. */
  public @Nullable Instant lastCallbackAt() {
    return lastCallbackAt;
  }

  /** How many messages are planned. */
  public int planned() {
    return plan.planned().getCardinality();
  }

  /** Adds what planning a run settled; the sets given are copied. */
  public void add(PlannedRun run) {
    changed();
    plan.add(run, days.dayOf(run.plannedAt()));
  }

  /**
   * Adds a fact. One of a message that is not planned yet counts as soon as it is.
   *
   * @throws IllegalArgumentException when it belongs to another campaign or names no message
   */
  public void add(Fact fact) {
    check(fact.campaign(), fact.seq());
    changed();
    if (fact.inbox() > 0) {
      calledBack(fact.receivedAt());
    }
    int seq = fact.seq();
    int day = days.dayOf(fact.at());
    FactKind kind = fact.kind();
    switch (kind) {
      case SUPPRESSED -> marks.add(kind, detail(fact, MessageSets.NO_CODE), day, seq);
      case ATTEMPTED, RETURNED, VARIANT_GIVEN -> marks.add(kind, detail(fact, ""), day, seq);
      case VIEWED -> marks.add(kind, detail(fact, MessageSets.DIRECT), day, seq);
      case REFUSED -> addError(fact, dispatchTexts, day);
      case RECEIPT_FAILED -> addError(fact, deliveryTexts, day);
      case CLICKED -> {
        String link = detail(fact, "");
        marks.add(kind, link, day, seq);
        clicks(link).add(seq, EventIds.of(fact), day);
      }
      case BOT_CLICKED -> {
        marks.add(kind, "", day, seq);
        machineClicks.add(seq, EventIds.of(fact), day);
      }
      case REPLIED -> {
        marks.add(kind, "", day, seq);
        replies.add(seq, EventIds.of(fact), day);
      }
      case VIEW_CONVERTED, CLICK_CONVERTED -> {
        marks.add(kind, "", day, seq);
        marks.add(FactKind.CONVERTED, "", day, seq);
      }
      case ACCEPTED,
          GHOST_SENT,
          RECEIPT_SENT,
          RECEIPT_DELIVERED,
          REPLIED_IN_CONTEXT,
          CONVERTED,
          CONVERSION_SHARED ->
          marks.add(kind, "", day, seq);
    }
  }

  /**
   * Adds a goal event; its message counts as converted.
   *
   * @throws IllegalArgumentException when it belongs to another campaign or names no message
   */
  public void add(GoalEvent event) {
    check(event.campaign(), event.seq());
    changed();
    goals.add(event.seq(), event.eventId(), event.revenueMicros());
    marks.add(FactKind.CONVERTED, "", days.dayOf(event.at()), event.seq());
  }

  /** What the marks mean now. Made at the first call after a change and kept until the next. */
  public MessageSets sets() {
    synchronized (marks) {
      if (sets == null) {
        sets = new MessageSets(this);
      }
      return sets;
    }
  }

  /** Writes the ledger so that {@link #readFrom} makes an equal one. */
  public void writeTo(DataOutput out) throws IOException {
    synchronized (marks) {
      LedgerFormat.write(this, out);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException when it was not written by this version, or for another campaign or zone
   */
  public static Ledger readFrom(DataInput in, int campaign, ZoneId zone) throws IOException {
    return LedgerFormat.read(in, campaign, zone);
  }

  void calledBack(Instant at) {
    if (lastCallbackAt == null || lastCallbackAt.isBefore(at)) {
      lastCallbackAt = at;
    }
  }

  /** The clicks on a link. */
  Happenings clicks(String link) {
    return clicks.computeIfAbsent(link, l -> new Happenings());
  }

  private void addError(Fact fact, NavigableMap<String, String> texts, int day) {
    String code = detail(fact, MessageSets.NO_CODE);
    marks.add(fact.kind(), code, day, fact.seq());
    String text = fact.text();
    if (text != null && !text.isBlank()) {
      texts.merge(code, cut(text, LONGEST_TEXT), (a, b) -> a.compareTo(b) <= 0 ? a : b);
    }
  }

  private void check(int itsCampaign, int seq) {
    if (itsCampaign != campaign || seq < 0) {
      throw new IllegalArgumentException(
          "no message of campaign " + campaign + ": " + itsCampaign + "/" + seq);
    }
  }

  private void changed() {
    version++;
    sets = null;
  }

  private static String detail(Fact fact, String without) {
    String detail = fact.detail();
    return detail == null || detail.isEmpty() ? without : cut(detail, LONGEST_DETAIL);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
