package dev.carillon.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Fraction;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.core.report.measure.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of campaigns added up. The seed is the test's parameter. */
class TallyTest {
  private static final long FIRST_SEED = Long.getLong("test.seed", 20_261_121);

  private static final List<Channel> CHANNELS = List.of(Channel.values());

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theIdentitiesHoldForTheSum(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Channel channel = random.nextBoolean() ? Channel.WHATSAPP : Channel.SMS;
    List<Counts> campaigns = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      campaigns.add(counts(random, channel.sheet(random.nextBoolean())));
    }
    Counts sum = campaigns.stream().reduce(Counts::plus).orElseThrow();

    assertThat(sum.planned())
        .isEqualTo(
            sum.control()
                + number(sum.of(Measure.SUPPRESSED))
                + number(sum.of(Measure.DISPATCH_ERRORS))
                + number(sum.of(Measure.UNCERTAIN))
                + sum.pending()
                + sum.sent());
    assertThat(sum.sent())
        .isEqualTo(
            number(sum.of(Measure.DELIVERED))
                + number(sum.of(Measure.DELIVERY_ERRORS))
                + number(sum.of(Measure.UNKNOWN)));
    for (Measure measure : Measure.values()) {
      List<Long> had =
          campaigns.stream().map(one -> one.of(measure)).filter(Objects::nonNull).toList();
      assertThat(sum.of(measure))
          .as(measure.key())
          .isEqualTo(had.isEmpty() ? null : had.stream().mapToLong(Long::longValue).sum());
    }
    assertThat(campaigns.reversed().stream().reduce(Counts::plus)).contains(sum);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRateIsOfTheCampaignsThatHaveIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(6); i++) {
      Channel channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
      tallies.add(tally(random, channel, random.nextBoolean()));
    }
    Tally sum = tallies.stream().reduce(Tally::plus).orElseThrow();

    for (String rate : List.of("delivered", "viewed", "clicked", "converted")) {
      List<Fraction> parts =
          tallies.stream()
              .flatMap(one -> one.fractions().stream())
              .filter(fraction -> fraction.rate().key().equals(rate))
              .toList();
      assertThat(sum.rates().containsKey(rate)).as(rate).isEqualTo(!parts.isEmpty());
      if (!parts.isEmpty()) {
        assertThat(sum.rates().get(rate))
            .as(rate)
            .isEqualTo(percent(total(parts, Fraction::of), total(parts, Fraction::per)));
      }
    }
    assertThat(tallies.reversed().stream().reduce(Tally::plus).orElseThrow().rates())
        .isEqualTo(sum.rates());
  }

  private static long total(List<Fraction> parts, ToLongFunction<Fraction> part) {
    return parts.stream().mapToLong(part).sum();
  }

  private static @Nullable Double percent(long of, long per) {
    return per == 0 ? null : of * 100.0 / per;
  }

  /** Clicks of those who were shown it, and of all whom it was sent to, make no common rate. */
  @Test
  void whatChannelsComputeDifferentlyHasNoCommonRate() {
    RandomGenerator random = new SplittableRandom(1);
    Tally push = tally(random, Channel.PUSH, false);
    Tally sms = tally(random, Channel.SMS, false);
    Tally otherPush = tally(random, Channel.PUSH, false);

    assertThat(push.plus(otherPush).rates()).containsKey("ctr");
    assertThat(push.plus(sms).plus(otherPush).rates())
        .containsKey("clicked")
        .doesNotContainKey("ctr");
  }

  @Test
  void campaignsWithoutAGoalDoNotWaterDownTheConversions() {
    RandomGenerator random = new SplittableRandom(2);
    Tally with = tally(random, Channel.WHATSAPP, true);
    Tally without = tally(random, Channel.WHATSAPP, false);

    assertThat(without.rates()).doesNotContainKeys("converted", "viewThrough");
    Map<String, @Nullable Double> both = with.plus(without).rates();
    assertThat(both.get("converted")).isEqualTo(with.rates().get("converted"));
    assertThat(both.get("delivered")).isNotEqualTo(with.rates().get("delivered"));
  }

  private static Tally tally(RandomGenerator random, Channel channel, boolean goal) {
    ChannelSheet sheet = channel.sheet(random.nextBoolean());
    Counts counts = counts(random, sheet);
    long users = counts.sent() / 2;
    return new Tally(
        counts,
        Fraction.of(sheet, counts, measure -> users).stream()
            .filter(fraction -> goal || !fraction.rate().ofUsers())
            .toList());
  }

  /** Counts that obey the identities. */
  private static Counts counts(RandomGenerator random, ChannelSheet sheet) {
    long control = random.nextInt(50);
    long suppressed = random.nextInt(50);
    long dispatchErrors = random.nextInt(50);
    long uncertain = random.nextInt(5);
    long pending = random.nextInt(50);
    long delivered = random.nextInt(500);
    long deliveryErrors = random.nextInt(50);
    long unknown = random.nextInt(50);
    long sent = delivered + deliveryErrors + unknown;
    long planned = control + suppressed + dispatchErrors + uncertain + pending + sent;
    Map<Measure, Long> numbers = new EnumMap<>(Measure.class);
    numbers.put(Measure.PLANNED, planned);
    numbers.put(Measure.QUALIFIED, planned);
    numbers.put(Measure.CONTROL, control);
    numbers.put(Measure.CONTROL_SUPPRESSED, random.nextLong(control + 1));
    numbers.put(Measure.SUPPRESSED, suppressed);
    numbers.put(Measure.DISPATCH_ERRORS, dispatchErrors);
    numbers.put(Measure.UNCERTAIN, uncertain);
    numbers.put(Measure.PENDING, pending);
    numbers.put(Measure.SENT, sent);
    numbers.put(Measure.DELIVERED, delivered);
    numbers.put(Measure.DELIVERED_IMPLIED, random.nextLong(delivered + 1));
    numbers.put(Measure.DELIVERY_ERRORS, deliveryErrors);
    numbers.put(Measure.UNKNOWN, unknown);
    numbers.put(Measure.VIEWED, random.nextLong(delivered + 1));
    for (Measure measure : sheet.measures()) {
      numbers.putIfAbsent(measure, random.nextLong(sent + 1));
    }
    numbers.keySet().retainAll(sheet.measures());
    return new Counts(numbers);
  }

  private static long number(@Nullable Long number) {
    return Objects.requireNonNull(number);
  }
}
