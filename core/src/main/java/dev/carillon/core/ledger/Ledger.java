package dev.carillon.core.ledger;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.core.message.GoalEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

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
  final FactSets marks = new FactSets();
  final NavigableMap<String, EventRows> clicks = new TreeMap<>();
  final EventRows botClicks = new EventRows();
  final EventRows replies = new EventRows();
  final EventRows goals = new EventRows();

  /** The provider's words by code: of several the first in alphabetical order. */
  final NavigableMap<String, String> dispatchTexts = new TreeMap<>();

  final NavigableMap<String, String> deliveryTexts = new TreeMap<>();

  private final int campaign;
  private final AccountDays days;
  private final ZoneId zone;
  private @Nullable Instant lastCallbackAt;
  private @Nullable DerivedSets sets;

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

  /** When the last callback about a message came in; null before the first. */
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
    FactKind kind = fact.kind();
    String detail = detail(fact);
    int day = days.dayOf(fact.at());
    mark(kind, detail, day, fact.seq());
    EventRows events = events(kind, detail);
    if (events != null) {
      events.add(fact.seq(), EventNumbers.of(fact), day);
    }
    NavigableMap<String, String> texts = texts(kind);
    if (texts != null) {
      noteText(texts, detail, fact.text());
    }
  }

  /** Adds what waited for it, and was gathered for its campaign and zone. */
  public void add(PendingFacts pending) {
    if (pending.campaign() != campaign || !pending.zone().equals(zone)) {
      throw new IllegalArgumentException("facts of another campaign or zone");
    }
    changed();
    pending.addTo(this);
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

  private void mark(FactKind kind, String detail, int day, int seq) {
    marks.add(kind, detail, day, seq);
    if (kind.has(Meaning.PROVES_CONVERSION)) {
      marks.add(FactKind.CONVERTED, "", day, seq);
    }
  }

  /** Marks many messages alike. */
  void mark(FactKind kind, String detail, int day, RoaringBitmap seqs) {
    marks.add(new FactSets.Mark(kind, detail, day, seqs));
    if (kind.has(Meaning.PROVES_CONVERSION)) {
      marks.add(new FactSets.Mark(FactKind.CONVERTED, "", day, seqs));
    }
  }

  /** How much memory its sets and events take, about, without what is derived from them. */
  public long bytes() {
    long bytes = plan.bytes() + marks.bytes();
    for (EventRows link : clicks.values()) {
      bytes += link.bytes();
    }
    return bytes + botClicks.bytes() + replies.bytes() + goals.bytes();
  }

  /** What the marks mean now. Made at the first call after a change and kept until the next. */
  public DerivedSets sets() {
    synchronized (marks) {
      if (sets == null) {
        sets = new DerivedSets(this);
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
  EventRows clicks(String link) {
    return clicks.computeIfAbsent(link, l -> new EventRows());
  }

  /** Where a message can have several facts of a kind: the events; null for other kinds. */
  @Nullable EventRows events(FactKind kind, String detail) {
    if (!kind.has(Meaning.EVENTS)) {
      return null;
    }
    return switch (kind) {
      case CLICKED -> clicks(detail);
      case BOT_CLICKED -> botClicks;
      case REPLIED -> replies;
      default -> throw new IllegalStateException("events of " + kind + " are kept nowhere");
    };
  }

  /** Where the provider's words for a kind's codes are kept; null for kinds without. */
  @Nullable NavigableMap<String, String> texts(FactKind kind) {
    if (!kind.has(Meaning.WORDS)) {
      return null;
    }
    return kind.has(Meaning.PROVES_SENT) ? deliveryTexts : dispatchTexts;
  }

  static void noteText(NavigableMap<String, String> texts, String code, @Nullable String text) {
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
    sets = null;
  }

  /** What a fact's mark bears beside its kind. */
  static String detail(Fact fact) {
    return cut(fact.kind().detail(fact.detail()), LONGEST_DETAIL);
  }

  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest);
  }
}
