package dev.carillon.testkit.history;

import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.ledger.Recipients;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Histories in which anything goes: any fact of any message, planned or not, held out or not, in
 * contradiction to all others, with missing details and odd times. What holds here holds always.
 */
public final class RandomHistory {
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("UTC"),
          ZoneId.of("Asia/Kolkata"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Pacific/Apia"),
          ZoneId.of("Australia/Lord_Howe"));
  private static final List<PlannedAttribute> OF_DEVICES =
      List.of(PlannedAttribute.OS, PlannedAttribute.DEVICE, PlannedAttribute.PLATFORM);

  /** One in two spellings, and one that is called as what has none. */
  private static final List<String> VALUES =
      List.of("Android", "iOS", "ANDROID", PlannedAttribute.UNKNOWN, "Pixel 9");

  private static final FactKind[] KINDS = FactKind.values();

  /** The beginning is before a change of the clocks in Europe and America. */
  private static final Instant BEGINNING = Instant.parse("2026-10-20T00:00:00Z");

  private final RandomGenerator random;
  private final int messages;
  private final boolean severalDevices;

  /** The first message of each user. */
  private final List<Integer> users = new ArrayList<>();

  private RandomHistory(RandomGenerator random, int messages) {
    this.random = random;
    this.messages = messages;
    this.severalDevices = random.nextBoolean();
  }

  /**
   * A history.
   *
   * @param messages how many messages its runs have together, 1 or more
   */
  public static History of(RandomGenerator random, int messages) {
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    return History.of(7, zone, new RandomHistory(random, messages)::generate);
  }

  private void generate(HistoryListener listener) {
    int variants = random.nextInt(4);
    int first = 0;
    for (int run = 1; first < messages; run++) {
      int count = Math.min(messages - first, 1 + random.nextInt(messages));
      listener.run(run(run, first, count, variants));
      first += count;
    }
    int facts = random.nextInt(messages * 8);
    for (int i = 0; i < facts; i++) {
      listener.fact(fact());
    }
    int goals = random.nextInt(messages * 2);
    for (int i = 0; i < goals; i++) {
      listener.goalEvent(new GoalEvent(7, seq(), random.nextInt(4), when(), revenueMicros()));
    }
  }

  private long revenueMicros() {
    return random.nextInt(9) == 0 ? GoalEvent.NOT_A_NUMBER : random.nextInt(-50, 500) * 10_000L;
  }

  private PlannedRun run(int run, int first, int count, int variants) {
    RoaringBitmap control = new RoaringBitmap();
    Map<PlannedAttribute, Map<String, RoaringBitmap>> attributes =
        new EnumMap<>(PlannedAttribute.class);
    Map<SuppressionReason, RoaringBitmap> suppressed = new EnumMap<>(SuppressionReason.class);
    for (int seq = first; seq < first + count; seq++) {
      boolean held = random.nextInt(4) == 0;
      if (held) {
        control.add(seq);
      }
      if (variants > 1 && !held) {
        give(attributes, PlannedAttribute.VARIANT, seq, Integer.toString(random.nextInt(variants)));
      }
      for (PlannedAttribute attribute : OF_DEVICES) {
        if (random.nextInt(5) > 0) {
          give(attributes, attribute, seq, VALUES.get(random.nextInt(VALUES.size())));
        }
      }
      if (random.nextInt(6) == 0) {
        suppressed.computeIfAbsent(reason(), r -> new RoaringBitmap()).add(seq);
      }
    }
    return new PlannedRun(
        run, when(), first, count, control, attributes, suppressed, recipients(first, count));
  }

  private static void give(
      Map<PlannedAttribute, Map<String, RoaringBitmap>> attributes,
      PlannedAttribute attribute,
      int seq,
      String value) {
    attributes
        .computeIfAbsent(attribute, a -> new HashMap<>())
        .computeIfAbsent(value, v -> new RoaringBitmap())
        .add(seq);
  }

  /**
   * Of a later run half are of users of earlier ones. In some histories users have several messages
   * in a run, as those with several devices do.
   */
  private Recipients recipients(int first, int count) {
    Recipients.Gathering recipients = new Recipients.Gathering(first, count);
    List<Integer> ofRun = new ArrayList<>();
    List<Integer> earlier = new ArrayList<>(users);
    Collections.shuffle(earlier, Random.from(random));
    for (int seq = first; seq < first + count; seq++) {
      if (severalDevices && !ofRun.isEmpty() && random.nextInt(3) == 0) {
        recipients.add(seq, ofRun.get(random.nextInt(ofRun.size())));
      } else if (!earlier.isEmpty() && random.nextBoolean()) {
        ofRun.add(earlier.removeLast());
        recipients.add(seq, ofRun.getLast());
      } else {
        users.add(seq);
        ofRun.add(seq);
      }
    }
    return recipients.toRecipients();
  }

  private Fact fact() {
    FactKind kind = KINDS[random.nextInt(KINDS.length)];
    Instant at = when();
    Instant receivedAt = at.plus(Duration.ofSeconds(random.nextInt(100_000)));
    String text = random.nextInt(3) == 0 ? "words " + random.nextInt(3) : null;
    return new Fact(7, seq(), kind, detail(kind), event(kind), at, receivedAt, text, 0);
  }

  private @Nullable String detail(FactKind kind) {
    if (random.nextInt(10) == 0) {
      return null;
    }
    return switch (kind) {
      case SUPPRESSED -> reason().key();
      case ATTEMPTED, RETURNED -> Integer.toString(1 + random.nextInt(3));
      case REFUSED, RECEIPT_FAILED -> Integer.toString(131_000 + random.nextInt(4));
      case VIEWED -> random.nextInt(3) == 0 ? "inbox" : "direct";
      case CLICKED, BOT_CLICKED, VARIANT_GIVEN -> Integer.toString(random.nextInt(3));
      case ACCEPTED,
          GHOST_SENT,
          RECEIPT_SENT,
          RECEIPT_DELIVERED,
          REPLIED,
          REPLIED_IN_CONTEXT,
          CONVERTED,
          VIEW_CONVERTED,
          CLICK_CONVERTED,
          CONVERSION_SHARED ->
          null;
    };
  }

  /** Few ids, so that the same event comes again, on other days too. */
  private @Nullable String event(FactKind kind) {
    return switch (kind) {
      case CLICKED, BOT_CLICKED, REPLIED, REPLIED_IN_CONTEXT ->
          random.nextInt(8) == 0 ? null : "e" + random.nextInt(5);
      case SUPPRESSED,
          ATTEMPTED,
          RETURNED,
          ACCEPTED,
          REFUSED,
          GHOST_SENT,
          RECEIPT_SENT,
          RECEIPT_DELIVERED,
          RECEIPT_FAILED,
          VIEWED,
          CONVERTED,
          VIEW_CONVERTED,
          CLICK_CONVERTED,
          CONVERSION_SHARED,
          VARIANT_GIVEN ->
          null;
    };
  }

  private SuppressionReason reason() {
    SuppressionReason[] reasons = SuppressionReason.values();
    return reasons[random.nextInt(reasons.length)];
  }

  /** Now and then a message that was not planned. */
  private int seq() {
    return random.nextInt(messages + 1 + messages / 20);
  }

  private Instant when() {
    return BEGINNING.plusSeconds(random.nextInt(25 * 86_400));
  }
}
