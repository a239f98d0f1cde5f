package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.When;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A year of recurring campaigns, looked at now and then, with processes that die and clocks that
 * jump, run by run against one who watches the clock every minute.
 */
@Timeout(180)
class SimulatedYearTest {
  private static final int PEOPLE = 6;
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDateTime START = LocalDateTime.parse("2027-01-01T00:00");
  private static final Instant LAUNCH = START.atZone(ZONE).toInstant();
  private static final Instant END = START.plusYears(1).atZone(ZONE).toInstant();
  private static final Duration GRACE = Delivery.DEFAULT.grace();

  private final Random random = new Random();
  private final List<Instant> looks = new ArrayList<>();

  private static When.Recurring recurring(Recurrence rhythm, String at, @Nullable Integer runs) {
    return new When.Recurring(rhythm, LocalTime.parse(at), null, null, runs);
  }

  @Test
  void everyRunOfAYearIsSentOnceOrIsLeftOutForAReason() throws Exception {
    long seed = System.nanoTime();
    random.setSeed(seed);
    List<When.Recurring> plans =
        List.of(
            recurring(new Recurrence.Daily(), "02:30", null),
            recurring(
                new Recurrence.Weekly(List.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY)),
                "10:00",
                null),
            recurring(new Recurrence.Monthly(List.of(1, 30, 31)), "18:15", null),
            recurring(new Recurrence.Daily(), "10:00", 100));
    try (SendingFixture bench =
        new SendingFixture(1e6, ScriptedProvider::accepted, ZONE).people(PEOPLE)) {
      bench.time.set(LAUNCH);
      SendingFixture.Node first = bench.node();
      Map<Integer, When.Recurring> campaigns = new HashMap<>();
      for (When.Recurring plan : plans) {
        campaigns.put(first.launch(30, plan, Delivery.DEFAULT), plan);
      }
      live(bench, first, campaigns);

      for (Map.Entry<Integer, When.Recurring> campaign : campaigns.entrySet()) {
        check(bench, campaign.getKey(), campaign.getValue(), seed);
      }
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  /**
   * Looks every few minutes or hours; now and then the process is down, dies, or the clock jumps.
   */
  private void live(
      SendingFixture bench, SendingFixture.Node first, Map<Integer, When.Recurring> all)
      throws InterruptedException {
    SendingFixture.Node node = first;
    while (bench.time.instant().isBefore(END)) {
      Instant now = bench.time.instant();
      switch (random.nextInt(250)) {
        case 0 -> bench.time.set(now.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60))));
        case 1 -> bench.time.set(now.minus(Duration.ofMinutes(random.nextInt(3 * 24 * 60))));
        default -> bench.time.set(now.plus(Duration.ofMinutes(1 + random.nextInt(75))));
      }
      // Looks come at the 20th second, so that the leaps of this clock cross no run's moment.
      Instant moment = bench.time.instant();
      bench.time.set(Instant.ofEpochSecond(moment.getEpochSecond() / 60 * 60 + 20));
      looks.add(bench.time.instant());
      node.timer.look();
      if (random.nextInt(10) == 0 && !closeToARun(bench.time.instant(), all)) {
        node.dispatcher.abandon();
        node = bench.node();
      }
      settle(bench, node, all);
    }
  }

  /** Whether a run is due while a dead process' leases are waited for. */
  private static boolean closeToARun(Instant moment, Map<Integer, When.Recurring> all) {
    return all.values().stream()
        .anyMatch(plan -> !watched(plan, moment, moment.plus(Duration.ofMinutes(20))).isEmpty());
  }

  private void settle(
      SendingFixture bench, SendingFixture.Node node, Map<Integer, When.Recurring> all)
      throws InterruptedException {
    SendingFixture.await(
        () -> {
          boolean still =
              all.keySet().stream()
                  .noneMatch(id -> bench.campaign(id).status() == CampaignStatus.RUNNING);
          if (!still) {
            node.timer.look();
          }
          return still;
        });
  }

  private void check(SendingFixture bench, int id, When.Recurring plan, long seed) {
    List<Run> runs = bench.store.runs(id);
    List<Run> expected = expected(id, plan);
    assertThat(runs)
        .as("seed %d, %s", seed, plan)
        .usingRecursiveFieldByFieldElementComparatorOnFields("number", "dueAt", "skipped")
        .containsExactlyElementsOf(expected);
    int out = 0;
    for (Run run : runs) {
      if (run.skipped() == null) {
        out++;
        assertThat(run.messages()).isEqualTo(PEOPLE);
        assertThat(run.finishedAt()).as("seed %d, %s", seed, run).isNotNull();
        assertThat(Objects.requireNonNull(run.planned()).at())
            .as("seed %d, %s", seed, run)
            .isBetween(run.dueAt(), run.dueAt().plus(GRACE).plusSeconds(30));
      }
    }
    Map<String, Integer> fates = bench.fates(id, out * PEOPLE);
    assertThat(
            fates.getOrDefault("sent", 0)
                + fates.getOrDefault("ghost", 0)
                + fates.getOrDefault("uncertain", 0))
        .as("seed %d, %s: %s", seed, plan, fates)
        .isEqualTo(out * PEOPLE);
    assertThat(out).as("seed %d, %s", seed, plan).isGreaterThan(runs.size() / 4);
  }

  /** The runs as the looks must have found them. */
  private List<Run> expected(int id, When.Recurring plan) {
    List<Instant> dues = watched(plan, LAUNCH, END.plus(Duration.ofDays(10)));
    List<Run> runs = new ArrayList<>();
    for (Instant look : looks) {
      List<Instant> due = new ArrayList<>();
      while (runs.size() + due.size() < dues.size()
          && !dues.get(runs.size() + due.size()).isAfter(look)) {
        due.add(dues.get(runs.size() + due.size()));
      }
      for (Instant moment : List.copyOf(due)) {
        boolean goes = moment.equals(due.getLast()) && !moment.plus(GRACE).isBefore(look);
        runs.add(
            new Run(
                id,
                runs.size() + 1,
                moment,
                0,
                null,
                goes ? null : new Skipped(SkipReason.MISSED)));
      }
    }
    return runs;
  }

  private static List<Instant> watched(When.Recurring plan, Instant from, Instant until) {
    List<Instant> dues = new ArrayList<>();
    LocalDateTime latest = LocalDateTime.ofInstant(from, ZONE).minusNanos(1);
    Instant minute = Instant.ofEpochSecond((from.getEpochSecond() + 59) / 60 * 60);
    for (; !minute.isAfter(until); minute = minute.plusSeconds(60)) {
      LocalDateTime shown = LocalDateTime.ofInstant(minute, ZONE);
      LocalDateTime target = shown.toLocalDate().atTime(plan.at());
      boolean due = latest.isBefore(target) && !shown.isBefore(target);
      if (due && chosen(plan.rhythm(), shown.toLocalDate()) && dues.size() < most(plan)) {
        dues.add(minute);
      }
      latest = shown.isAfter(latest) ? shown : latest;
    }
    return dues;
  }

  private static int most(When.Recurring plan) {
    return plan.runs() == null ? Integer.MAX_VALUE : plan.runs();
  }

  private static boolean chosen(Recurrence rhythm, LocalDate day) {
    return switch (rhythm) {
      case Recurrence.Daily() -> true;
      case Recurrence.Weekly(List<DayOfWeek> days) -> days.contains(day.getDayOfWeek());
      case Recurrence.Monthly(List<Integer> days) ->
          days.stream()
              .anyMatch(number -> Math.min(number, day.lengthOfMonth()) == day.getDayOfMonth());
    };
  }
}
