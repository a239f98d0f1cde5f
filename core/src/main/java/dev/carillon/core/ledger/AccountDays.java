package dev.carillon.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * Days of the account's zone as numbers: days since 1970-01-01, daylight saving included. Facts
 * come in roughly by time, so the last day's bounds are kept at hand.
 */
final class AccountDays {
  private static final long SECONDS = Duration.ofDays(1).toSeconds();

  private final ZoneId zone;
  private final ZoneRules rules;
  private long fromSecond = Long.MAX_VALUE;
  private long toSecond = Long.MIN_VALUE;
  private int day;

  AccountDays(ZoneId zone) {
    this.zone = zone;
    this.rules = zone.getRules();
  }

  /** The local day on which the moment lies. */
  int dayOf(Instant at) {
    long second = at.getEpochSecond();
    if (second < fromSecond || second >= toSecond) {
      look(at, second);
    }
    return day;
  }

  private void look(Instant at, long second) {
    long local = Math.floorDiv(second + rules.getOffset(at).getTotalSeconds(), SECONDS);
    day = Math.toIntExact(local);
    LocalDate date = LocalDate.ofEpochDay(local);
    fromSecond = date.atStartOfDay(zone).toEpochSecond();
    toSecond = date.plusDays(1).atStartOfDay(zone).toEpochSecond();
    if (second < fromSecond || second >= toSecond) {
      // A day that a clock change tears apart: its bounds are not to be relied on.
      fromSecond = Long.MAX_VALUE;
      toSecond = Long.MIN_VALUE;
    }
  }

  /** The last local day that a window of this length, begun on {@code day}, can reach. */
  static int lastDay(int day, Duration window, ZoneId zone) {
    Instant end = LocalDate.ofEpochDay(day).plusDays(1).atStartOfDay(zone).toInstant();
    LocalDate last = LocalDate.ofInstant(end.plus(window).minusNanos(1), zone);
    return Math.toIntExact(last.toEpochDay());
  }
}
