package dev.carillon.testkit.sending;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.UserZone;
import dev.carillon.engine.port.campaign.PlanOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A run planned in memory.
 *
 * @param audience who each message is for
 * @param notBefore when messages by the users' clocks may be sent, by number
 * @param variants the variant of each message, control included
 */
record MemoryPlan(
    Channel channel,
    PlannedRun run,
    List<MemoryPeople.Member> audience,
    Map<Integer, Instant> notBefore,
    List<Integer> variants) {

  static MemoryPlan of(PlanOrder order, List<MemoryPeople.Member> people, int firstSeq) {
    // Messages are numbered in the order in which they may be sent.
    List<MemoryPeople.Member> audience =
        people.stream()
            .sorted(Comparator.comparing(person -> moment(order, person).orElse(Instant.MIN)))
            .toList();
    RoaringBitmap control = new RoaringBitmap();
    Map<SuppressionReason, RoaringBitmap> suppressed = new EnumMap<>(SuppressionReason.class);
    Map<Integer, Instant> notBefore = new HashMap<>();
    Set<String> addresses = new HashSet<>();
    Draw draw = Draw.of(order.campaign(), Draw.Purpose.CONTROL_GROUP);
    for (int i = 0; i < audience.size(); i++) {
      MemoryPeople.Member person = audience.get(i);
      int seq = firstSeq + i;
      long key = person.identity().key();
      if (draw.bucket(key) < order.control().own() * 100
          || Draw.OF_SYSTEM_CONTROL_GROUP.bucket(key) < order.control().system() * 100) {
        control.add(seq);
      }
      Optional<Instant> moment = moment(order, person);
      moment.ifPresent(at -> notBefore.put(seq, at));
      @Nullable SuppressionReason reason =
          !person.given()
              ? SuppressionReason.NO_ADDRESS
              : person.address().isEmpty()
                  ? SuppressionReason.INVALID_ADDRESS
                  : order.userTimes() != null && moment.isEmpty()
                      ? SuppressionReason.TIME_PASSED
                      : addresses.add(person.address())
                          ? null
                          : SuppressionReason.DUPLICATE_ADDRESS;
      if (reason != null) {
        suppressed.computeIfAbsent(reason, _ -> new RoaringBitmap()).add(seq);
      }
    }
    PlannedRun run =
        new PlannedRun(
            order.run(),
            order.at(),
            firstSeq,
            audience.size(),
            control,
            Map.of(PlannedAttribute.VARIANT, variants(order, audience, firstSeq, control)),
            suppressed);
    List<Integer> variants =
        audience.stream().map(person -> variant(order, person.identity().key())).toList();
    return new MemoryPlan(order.audience().channel(), run, audience, notBefore, variants);
  }

  /** Whether planning kept a message back. */
  boolean isSuppressed(int seq) {
    return run.suppressed().values().stream().anyMatch(set -> set.contains(seq));
  }

  /** The messages to target users that planning allowed. */
  List<Integer> targets() {
    return IntStream.range(run.firstSeq(), run.firstSeq() + run.count())
        .filter(seq -> !run.control().contains(seq) && !isSuppressed(seq))
        .boxed()
        .toList();
  }

  /** The plan in which everything after so many messages to target users is suppressed. */
  MemoryPlan capped(long room) {
    List<Integer> targets = targets();
    if (targets.size() <= room) {
      return this;
    }
    RoaringBitmap behind = new RoaringBitmap();
    IntStream.range(targets.get((int) room), run.firstSeq() + run.count())
        .filter(seq -> !isSuppressed(seq))
        .forEach(behind::add);
    Map<SuppressionReason, RoaringBitmap> suppressed = new EnumMap<>(SuppressionReason.class);
    suppressed.putAll(run.suppressed());
    suppressed.put(SuppressionReason.TARGET_CAP, behind);
    PlannedRun cut =
        new PlannedRun(
            run.run(),
            run.plannedAt(),
            run.firstSeq(),
            run.count(),
            run.control(),
            run.attributes(),
            suppressed);
    return new MemoryPlan(channel, cut, audience, notBefore, variants);
  }

  private static int variant(PlanOrder order, long user) {
    Variants variants = order.variants();
    if (variants == null) {
      return 0;
    }
    if (variants.test() != null
        && variants.test().size() instanceof WinnerTest.Percent(int percent)
        && Draw.of(order.campaign(), Draw.Purpose.WINNER_TEST).bucket(user) >= percent * 100) {
      return Variants.UNDECIDED;
    }
    int bucket = Draw.of(order.campaign(), Draw.Purpose.VARIANT).bucket(user);
    int variant = 0;
    while (bucket >= variants.bounds().get(variant)) {
      variant++;
    }
    return variant;
  }

  private static Map<String, RoaringBitmap> variants(
      PlanOrder order, List<MemoryPeople.Member> audience, int firstSeq, RoaringBitmap control) {
    Map<String, RoaringBitmap> variants = new HashMap<>();
    for (int i = 0; i < audience.size(); i++) {
      int variant = variant(order, audience.get(i).identity().key());
      if (order.variants() != null
          && variant != Variants.UNDECIDED
          && !control.contains(firstSeq + i)) {
        variants
            .computeIfAbsent(Integer.toString(variant), _ -> new RoaringBitmap())
            .add(firstSeq + i);
      }
    }
    return variants;
  }

  private static Optional<Instant> moment(PlanOrder order, MemoryPeople.Member person) {
    @Nullable LocalDeliveryTimes times = order.userTimes();
    if (times == null) {
      return Optional.empty();
    }
    @Nullable ZoneId zone =
        Optional.ofNullable(person.zone()).flatMap(UserZone::parse).orElse(null);
    return times.moment(zone, order.at());
  }
}
