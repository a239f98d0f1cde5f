package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.QuietHours.Then;
import dev.carillon.core.campaign.SendingHours.Verdict;
import dev.carillon.core.message.SuppressionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendingHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final QuietHours NIGHT =
      new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), Then.DELAY);

  private static SendingHours hours(
      Delivery.Clock clock, @Nullable QuietHours quiet, @Nullable LocalTime cutOff) {
    return new SendingHours(
        new Delivery(
            clock,
            Delivery.Passed.DROP,
            new Delivery.Quiet.OfAccount(),
            cutOff,
            null,
            Duration.ofMinutes(60)),
        quiet,
        ZoneOffset.UTC);
  }

  private static Instant at(String time) {
    return Instant.parse(time + ":00Z");
  }

  @Test
  void theNightIsWaitedForToEndAcrossMidnight() {
    SendingHours hours = hours(Delivery.Clock.ACCOUNT, NIGHT, null);
    Verdict wait = new Verdict.Wait(at("2026-11-21T08:00"));

    assertThat(hours.at(at("2026-11-20T21:59"), KOLKATA, START)).isEqualTo(new Verdict.Go());
    assertThat(hours.at(at("2026-11-20T22:00"), KOLKATA, START)).isEqualTo(wait);
    assertThat(hours.at(at("2026-11-21T07:59"), KOLKATA, START)).isEqualTo(wait);
    assertThat(hours.at(at("2026-11-21T08:00"), KOLKATA, START)).isEqualTo(new Verdict.Go());
  }

  @Test
  void theUsersOwnClockCountsWhereItIsChosenAndKnown() {
    SendingHours hours = hours(Delivery.Clock.USER, NIGHT, null);
    assertThat(hours.at(at("2026-11-20T17:00"), KOLKATA, START))
        .isEqualTo(new Verdict.Wait(at("2026-11-21T02:30")));
    assertThat(hours.at(at("2026-11-20T17:00"), null, START)).isEqualTo(new Verdict.Go());
  }

  @Test
  void discardedMessagesSayWhy() {
    QuietHours noon = new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), Then.DISCARD);
    SendingHours hours = hours(Delivery.Clock.ACCOUNT, noon, null);
    assertThat(hours.at(at("2026-11-20T12:00"), null, START))
        .isEqualTo(new Verdict.Suppress(SuppressionReason.DO_NOT_DISTURB));
    assertThat(hours.at(at("2026-11-20T14:00"), null, START)).isEqualTo(new Verdict.Go());
  }

  @Test
  void theCutOffComesBeforeTheQuietHoursEnd() {
    SendingHours hours = hours(Delivery.Clock.ACCOUNT, NIGHT, LocalTime.of(23, 0));
    assertThat(hours.at(at("2026-11-20T22:30"), null, START))
        .isEqualTo(new Verdict.Wait(at("2026-11-20T23:00")));
    assertThat(hours.at(at("2026-11-20T23:00"), null, START))
        .isEqualTo(new Verdict.Suppress(SuppressionReason.CUT_OFF));
    assertThat(hours.at(at("2026-11-22T12:00"), null, START))
        .isEqualTo(new Verdict.Suppress(SuppressionReason.CUT_OFF));
  }

  @Test
  void aCutOffEarlierThanTheStartIsTheNextDays() {
    SendingHours hours = hours(Delivery.Clock.ACCOUNT, null, LocalTime.of(9, 0));
    assertThat(hours.at(at("2026-11-20T23:59"), null, START)).isEqualTo(new Verdict.Go());
    assertThat(hours.at(at("2026-11-21T09:00"), null, START))
        .isEqualTo(new Verdict.Suppress(SuppressionReason.CUT_OFF));
  }

  @Test
  void nothingGoesOutBeforeItsTime() {
    SendingHours hours = hours(Delivery.Clock.USER, null, null);
    assertThat(hours.at(START.minusNanos(1), BERLIN, START)).isEqualTo(new Verdict.Wait(START));
    assertThat(hours.at(START, BERLIN, START)).isEqualTo(new Verdict.Go());
  }

  /** Clocks show 02:00 to 03:00 twice: quiet hours that end within end with the second. */
  @Test
  void theEndOfQuietHoursLiesAheadEvenWhenClocksAreSetBack() {
    QuietHours hours = new QuietHours(LocalTime.of(0, 0), LocalTime.of(2, 30), Then.DELAY);
    SendingHours berlin =
        new SendingHours(hours(Delivery.Clock.ACCOUNT, null, null).delivery(), hours, BERLIN);
    assertThat(berlin.at(at("2026-10-25T01:15"), null, Instant.EPOCH))
        .isEqualTo(new Verdict.Wait(at("2026-10-25T01:30")));
  }

  @Test
  void aUserWhoseTimeHasPassedIsDroppedOrGetsItTheNextDay() {
    LocalDateTime ten = LocalDateTime.parse("2026-11-20T10:00");
    LocalDeliveryTimes drop =
        new LocalDeliveryTimes(ten, ZoneOffset.UTC, Duration.ofMinutes(60), Delivery.Passed.DROP);
    LocalDeliveryTimes nextDay =
        new LocalDeliveryTimes(
            ten, ZoneOffset.UTC, Duration.ofMinutes(60), Delivery.Passed.NEXT_DAY);
    Instant inIndia = at("2026-11-20T04:30");

    assertThat(drop.moment(KOLKATA, inIndia.plusSeconds(3600))).contains(inIndia);
    assertThat(drop.moment(KOLKATA, inIndia.plusSeconds(3601))).isEmpty();
    assertThat(nextDay.moment(KOLKATA, inIndia.plusSeconds(3601)))
        .contains(inIndia.plus(Duration.ofDays(1)));
    assertThat(drop.moment(null, inIndia)).isEqualTo(Optional.of(START));
  }
}
