package dev.carillon.testkit.history;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.SuppressionReason;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The history of a WhatsApp campaign as it may plausibly happen: one run, a tenth held out, a
 * throttled sending over a few days, receipts, views, replies and purchases with their delays.
 */
public final class LifelikeHistory {
  private static final int CAMPAIGN = 1;
  private static final Instant PLANNED = Instant.parse("2026-11-02T03:30:00Z");
  private static final int MESSAGES_A_SECOND = 80;
  private static final long WINDOW_SECONDS = 2 * 86_400;

  private final RandomGenerator random;
  private final int messages;
  private final HistoryListener listener;
  private final RoaringBitmap control = new RoaringBitmap();
  private final Map<SuppressionReason, RoaringBitmap> suppressed =
      new EnumMap<>(SuppressionReason.class);

  private LifelikeHistory(RandomGenerator random, int messages, HistoryListener listener) {
    this.random = random;
    this.messages = messages;
    this.listener = listener;
  }

  /** A history in memory, in a zone with half an hour in its offset. */
  public static History of(RandomGenerator random, int messages) {
    return History.of(
        CAMPAIGN, ZoneId.of("Asia/Kolkata"), listener -> generate(random, messages, listener));
  }

  /**
   * Produces a history without keeping it, about 2.6 facts a message.
   *
   * @param messages how many messages, 1 or more
   */
  public static void generate(RandomGenerator random, int messages, HistoryListener listener) {
    new LifelikeHistory(random, messages, listener).generate();
  }

  private void generate() {
    for (int seq = 0; seq < messages; seq++) {
      if (random.nextInt(10) == 0) {
        control.add(seq);
      }
      if (random.nextInt(25) == 0) {
        suppressed.computeIfAbsent(reason(), reason -> new RoaringBitmap()).add(seq);
      }
    }
    listener.run(new PlannedRun(1, PLANNED, 0, messages, control, Map.of(), suppressed));
    RoaringBitmap suppressedMessages = RoaringBitmap.or(suppressed.values().iterator());
    for (int seq = 0; seq < messages; seq++) {
      if (!suppressedMessages.contains(seq)) {
        message(seq, PLANNED.plusSeconds(60 + seq / MESSAGES_A_SECOND));
      }
    }
  }

  private void message(int seq, Instant at) {
    if (control.contains(seq)) {
      fact(seq, FactKind.GHOST_SENT, null, null, at);
      if (random.nextInt(100) < 3) {
        convert(seq, at, null);
      }
      return;
    }
    fact(seq, FactKind.ATTEMPTED, "1", null, at);
    int fate = random.nextInt(1000);
    if (fate < 12) {
      fact(seq, FactKind.REFUSED, fate < 8 ? "131026" : "131049", null, at.plusSeconds(1));
    } else if (fate < 990) {
      fact(seq, FactKind.ACCEPTED, null, "wamid." + seq, at.plusSeconds(1));
      accepted(seq, at.plusSeconds(2), fate);
    }
  }

  private void accepted(int seq, Instant at, int fate) {
    if (fate < 60) {
      fact(seq, FactKind.RECEIPT_FAILED, fate < 40 ? "131026" : "130472", null, at.plusSeconds(5));
    } else if (fate < 200) {
      fact(seq, FactKind.RECEIPT_DELIVERED, null, null, at.plusSeconds(delay(86_400)));
    } else if (fate < 700) {
      Instant viewed = at.plusSeconds(delay(5 * 86_400));
      fact(seq, FactKind.VIEWED, null, null, viewed);
      if (random.nextInt(100) < 2) {
        fact(seq, FactKind.REPLIED, null, "in." + seq, viewed.plusSeconds(delay(3_600)));
      }
      if (random.nextInt(100) < 5) {
        convert(seq, at, viewed);
      }
    }
  }

  private void convert(int seq, Instant sent, @Nullable Instant viewed) {
    Instant at = sent.plusSeconds(delay(WINDOW_SECONDS));
    fact(seq, FactKind.CONVERTED, null, null, at);
    listener.goalEvent(
        new GoalEvent(CAMPAIGN, seq, seq * 2L, at, random.nextInt(100, 20_000) * 10_000L));
    if (viewed != null && !at.isBefore(viewed)) {
      fact(seq, FactKind.VIEW_CONVERTED, null, null, at);
    }
  }

  private void fact(
      int seq, FactKind kind, @Nullable String detail, @Nullable String event, Instant at) {
    listener.fact(new Fact(CAMPAIGN, seq, kind, detail, event, at, at, null, 0));
  }

  /** Seconds from 0 up to a limit, most of them few. */
  private long delay(long limit) {
    double share = random.nextDouble();
    return (long) (limit * share * share * share);
  }

  private SuppressionReason reason() {
    return random.nextInt(3) == 0 ? SuppressionReason.UNSUBSCRIBED : SuppressionReason.NO_ADDRESS;
  }
}
