package dev.carillon.engine.campaign;

import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Schedule;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.schedule.RunSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;

/** Finds what keeps a plan from being launched now. */
final class WhenCheck {
  private WhenCheck() {}

  static void problems(
      When when, Delivery delivery, ZoneId zone, Instant now, Consumer<LaunchProblem> found) {
    switch (when) {
      case When.Now() -> {}
      case When.At at -> at(at, "/when/at", delivery, zone, now, found);
      case When.Dates(List<When.At> times) -> {
        for (int i = 0; i < times.size(); i++) {
          at(times.get(i), "/when/at/" + i, delivery, zone, now, found);
        }
      }
      case When.Recurring recurring -> {
        if (new Schedule(recurring, zone).after(now.minusNanos(1)).isEmpty()) {
          found.accept(
              new LaunchProblem(
                  "/when/until", "past", "No run would be left. Choose a later last day."));
        }
      }
    }
  }

  private static void at(
      When.At at,
      String pointer,
      Delivery delivery,
      ZoneId zone,
      Instant now,
      Consumer<LaunchProblem> found) {
    if (at.instant(zone).isBefore(now.minus(RunSchedule.JUST_PASSED))) {
      found.accept(
          new LaunchProblem(pointer, "past", "This time has passed. Choose one that lies ahead."));
    }
    if (at.offset() != null && delivery.clock() == Delivery.Clock.USER) {
      found.accept(
          new LaunchProblem(
              pointer,
              "offset",
              "A time by each user's own clock has no offset. Write it as 2026-12-01T10:00."));
    }
  }
}
