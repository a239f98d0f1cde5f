package dev.carillon.bench;

import java.util.Arrays;

/** The same thing measured several times; the middle one counts, as outliers come from outside. */
final class Samples {
  private double[] values = new double[0];

  void add(double value) {
    values = Arrays.copyOf(values, values.length + 1);
    values[values.length - 1] = value;
  }

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The ratios of these to as many others, each measured beside its own. */
  Samples over(Samples others) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.length; i++) {
      ratios.add(values[i] / others.values[i]);
    }
    return ratios;
  }

  /** Seconds since a moment of {@link System#nanoTime()}. */
  static double secondsSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }
}
