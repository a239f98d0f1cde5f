package dev.carillon.simulator.people;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** When in the day and in the week people are active. */
final class Rhythm {

  /** Monday to Sunday. */
  private static final double[] WEEK = {0.88, 0.9, 0.94, 0.98, 1.12, 1.18, 1.0};

  /** Share of activity by hour, peaking at lunch and in the evening. */
  private static final double[] HOURS = {
    1.2, 0.7, 0.4, 0.3, 0.4, 0.8, 1.8, 3.0, 4.1, 4.6, 4.9, 5.4,
    6.3, 6.0, 5.0, 4.8, 5.0, 5.6, 6.4, 7.6, 8.8, 8.4, 5.6, 2.9
  };

  private static final double HOURS_TOTAL = Arrays.stream(HOURS).sum();

  private Rhythm() {}

  /** How active people are on {@code day}, 1 on average. */
  static double ofDay(LocalDate day) {
    return WEEK[day.getDayOfWeek().getValue() - 1];
  }

  /** A time of day drawn by the rhythm of the day, since midnight. */
  static Duration timeOfDay(RandomGenerator draws) {
    double left = draws.nextDouble() * HOURS_TOTAL;
    int hour = 0;
    while (hour < HOURS.length - 1 && left >= HOURS[hour]) {
      left -= HOURS[hour];
      hour++;
    }
    return Duration.ofHours(hour).plusMillis(draws.nextInt(3_600_000));
  }
}
