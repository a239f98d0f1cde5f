package dev.carillon.bench;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a result.
 *
 * @param what what was measured
 * @param ours Carillon's figure, with its unit
 * @param peer the peer's figure; empty without a peer
 * @param ratio one by the other, the way round that the target names; empty without a peer
 * @param target what to reach; empty when the line only informs
 * @param reached whether it was reached; null without a target
 */
record Figure(
    String what, String ours, String peer, String ratio, String target, @Nullable Boolean reached) {

  /** Ours must be so many times as fast as the peer. */
  static Figure faster(String what, double oursSeconds, double peerSeconds, double least) {
    double ratio = peerSeconds / oursSeconds;
    return new Figure(
        what,
        time(oursSeconds),
        time(peerSeconds),
        number(ratio) + " x",
        ">= " + number(least) + " x",
        ratio >= least);
  }

  /** Ours must do at least this share of the peer's work in the same time; of rounds in turn. */
  static Figure rate(String what, Samples ours, Samples peer, Samples shares, double least) {
    double ratio = shares.median();
    return new Figure(
        what,
        number(ours.median()) + "/s",
        number(peer.median()) + "/s",
        number(ratio),
        ">= " + number(least),
        ratio >= least);
  }

  /** Ours must not take more than so many times as long as the peer; of rounds in turn. */
  static Figure atMost(String what, Samples ours, Samples peer, double most) {
    double ratio = ours.over(peer).median();
    return new Figure(
        what,
        time(ours.median()),
        time(peer.median()),
        number(ratio) + " x",
        "<= " + number(most) + " x",
        ratio <= most);
  }

  /** A time that must not be longer. */
  static Figure within(String what, double seconds, double most) {
    return new Figure(what, time(seconds), "", "", "<= " + time(most), seconds <= most);
  }

  /** A line that only informs. */
  static Figure shown(String what, String ours, String peer) {
    return new Figure(what, ours, peer, "", "", null);
  }

  /** Seconds in the unit that suits. */
  static String time(double seconds) {
    if (seconds < 0.001) {
      return String.format(Locale.ROOT, "%.1f us", seconds * 1e6);
    }
    return seconds < 1
        ? String.format(Locale.ROOT, "%.2f ms", seconds * 1e3)
        : String.format(Locale.ROOT, "%.2f s", seconds);
  }

  /** With two decimals when small, with thousands marked when great. */
  static String number(double value) {
    return value < 100
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }
}
