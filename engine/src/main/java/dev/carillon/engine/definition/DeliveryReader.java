package dev.carillon.engine.definition;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Delivery.Clock;
import dev.carillon.core.campaign.Delivery.Passed;
import dev.carillon.core.campaign.Delivery.Quiet;
import dev.carillon.core.campaign.Delivery.Throttle;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.when.TimeReader;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how a run's messages are sent. What is not given is as usual. */
final class DeliveryReader {
  private static final int MOST_THROTTLE = 10_000_000;
  private static final int MOST_GRACE = 7 * 24 * 60;

  private DeliveryReader() {}

  static @Nullable Delivery read(JsonPlace place) {
    if (!place.object("zone", "passed", "quietHours", "cutOff", "throttle", "graceMinutes")) {
      return null;
    }
    String zone = oneOf(place.member("zone"), "account", "user");
    String passed = oneOf(place.member("passed"), "drop", "nextDay");
    Quiet quiet = quiet(place.member("quietHours"));
    JsonPlace cutOff = place.member("cutOff");
    LocalTime end = cutOff.absent() ? null : TimeReader.time(cutOff);
    JsonPlace throttlePlace = place.member("throttle");
    Throttle throttle = throttlePlace.absent() ? null : throttle(throttlePlace);
    JsonPlace grace = place.member("graceMinutes");
    Long minutes =
        grace.absent()
            ? Long.valueOf(Delivery.DEFAULT.grace().toMinutes())
            : grace.whole(0, MOST_GRACE);
    return zone == null || passed == null || quiet == null || minutes == null
        ? null
        : new Delivery(
            zone.equals("user") ? Clock.USER : Clock.ACCOUNT,
            passed.equals("nextDay") ? Passed.NEXT_DAY : Passed.DROP,
            quiet,
            end,
            throttle,
            Duration.ofMinutes(minutes));
  }

  /** One of two texts; the first when there is none. */
  private static @Nullable String oneOf(JsonPlace place, String usual, String other) {
    return place.absent() ? usual : place.oneOf(List.of(usual, other));
  }

  private static @Nullable Quiet quiet(JsonPlace place) {
    if (place.absent()) {
      return new Quiet.OfAccount();
    }
    if (place.node().isString()) {
      String whose = place.oneOf(List.of("account", "none"));
      return whose == null ? null : whose.equals("none") ? new Quiet.None() : new Quiet.OfAccount();
    }
    QuietHours hours = QuietHoursJson.read(place);
    return hours == null ? null : new Quiet.Own(hours);
  }

  private static @Nullable Throttle throttle(JsonPlace place) {
    if (!place.object("messagesPer5Minutes")) {
      return null;
    }
    Long messages = place.member("messagesPer5Minutes").whole(1, MOST_THROTTLE);
    return messages == null ? null : new Throttle(messages.intValue());
  }
}
