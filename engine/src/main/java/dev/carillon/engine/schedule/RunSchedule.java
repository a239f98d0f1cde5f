package dev.carillon.engine.schedule;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.LocalClock;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.Schedule;
import dev.carillon.core.campaign.Schedule.Due;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.account.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which run of a campaign comes next. A run's number is its place in the schedule and each
 * follows from the one before, so all who look come to the same runs. Thread-safe.
 */
public final class RunSchedule {
  /** A time a little ago is taken for now, as a form takes time to be sent. */
  public static final Duration JUST_PASSED = Duration.ofMinutes(5);

  private final Account account;
  private final UserZones zones;

  public RunSchedule(Account account, UserZones zones) {
    this.account = account;
    this.zones = zones;
  }

  /**
   * A run that lies ahead, or is due.
   *
   * @param number its number
   * @param dueAt when it is due in the account's zone
   * @param opensAt when it is to be planned: earlier, where it is due earlier for some user
   */
  public record Upcoming(int number, Instant dueAt, Instant opensAt) {}

  /** The account's zone. */
  public ZoneId zone() {
    return account.zone();
  }

  /** The account's zone and quiet hours. */
  public Account account() {
    return account;
  }

  /**
   * When the first run of a campaign is due; empty when none is to come. A date that has just
   * passed still counts; a recurring one is never back-dated.
   */
  public Optional<Instant> first(CampaignDefinition definition, Instant launched) {
    boolean dated = !(definition.when() instanceof When.Recurring);
    Instant after = dated ? launched.minus(JUST_PASSED) : launched;
    return schedule(definition)
        .flatMap(schedule -> schedule.after(after.minusNanos(1)))
        .map(Due::at);
  }

  /**
   * The run that comes after the known ones; empty when they were all.
   *
   * @param runs the campaign's runs, skipped ones included, in order
   */
  public Optional<Upcoming> next(Campaign campaign, List<Run> runs) {
    CampaignDefinition definition = campaign.definition();
    if (runs.isEmpty()) {
      return Optional.ofNullable(campaign.startsAt()).map(start -> upcoming(definition, 1, start));
    }
    Run last = runs.getLast();
    return schedule(definition)
        .filter(schedule -> schedule.when().repeats() && last.number() < schedule.most())
        .flatMap(schedule -> schedule.after(last.dueAt()))
        .map(due -> upcoming(definition, last.number() + 1, due.at()));
  }

  /** The runs after the known ones that are to be planned by now, in order. */
  public List<Upcoming> due(Campaign campaign, List<Run> runs, Instant now) {
    List<Run> known = new ArrayList<>(runs);
    List<Upcoming> due = new ArrayList<>();
    Optional<Upcoming> next = next(campaign, known);
    while (next.isPresent() && !next.get().opensAt().isAfter(now)) {
      due.add(next.get());
      known.add(Run.waiting(campaign.id(), next.get().number(), next.get().dueAt()));
      next = next(campaign, known);
    }
    return List.copyOf(due);
  }

  /** Whether the time of a run has passed for all its users, and the grace too. */
  public boolean tooLate(CampaignDefinition definition, Instant dueAt, Instant now) {
    if (definition.when() instanceof When.Now) {
      return false;
    }
    Delivery delivery = definition.delivery();
    Instant latest =
        userMoments(definition, dueAt)
            .max(Instant::compareTo)
            .map(
                moment ->
                    delivery.passed() == Delivery.Passed.NEXT_DAY
                        ? moment.plus(Duration.ofDays(1))
                        : moment)
            .orElse(dueAt);
    return latest.plus(delivery.grace()).isBefore(now);
  }

  /** When each user gets the message of a run; null when all get it when it is due. */
  public @Nullable LocalDeliveryTimes userTimes(CampaignDefinition definition, Instant dueAt) {
    Delivery delivery = definition.delivery();
    return local(definition, dueAt)
        .map(local -> new LocalDeliveryTimes(local, zone(), delivery.grace(), delivery.passed()))
        .orElse(null);
  }

  private Upcoming upcoming(CampaignDefinition definition, int number, Instant dueAt) {
    return new Upcoming(
        number, dueAt, userMoments(definition, dueAt).min(Instant::compareTo).orElse(dueAt));
  }

  /** The moments at which a run comes to its users; none when it goes by the account's clock. */
  private Stream<Instant> userMoments(CampaignDefinition definition, Instant dueAt) {
    return local(definition, dueAt).stream()
        .flatMap(
            local ->
                Stream.concat(
                    Stream.of(dueAt),
                    zones.zones().stream().map(zone -> LocalClock.moment(local, zone))));
  }

  /** The local time of a run that goes by the users' clocks. */
  private Optional<LocalDateTime> local(CampaignDefinition definition, Instant dueAt) {
    if (definition.delivery().clock() == Delivery.Clock.ACCOUNT) {
      return Optional.empty();
    }
    return schedule(definition)
        .flatMap(schedule -> schedule.after(dueAt.minusNanos(1)))
        .filter(due -> due.at().equals(dueAt))
        .flatMap(due -> Optional.ofNullable(due.local()));
  }

  private Optional<Schedule> schedule(CampaignDefinition definition) {
    return Optional.ofNullable(definition.when()).map(when -> new Schedule(when, zone()));
  }
}
