package dev.carillon.core.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's step-down adjustment, which keeps the chance of any false claim among several comparisons
 * at alpha.
 *
 * <p>Source: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal
 * of Statistics 6 (1979) 65-70.
 *
 * @param adjusted the adjusted p-value of each comparison, in the order given
 * @param alphas the level at which each comparison is tested: its interval at this level excludes
 *     zero exactly when its adjusted p-value is below alpha
 */
record Holm(List<Double> adjusted, List<Double> alphas) {

  static Holm of(List<Double> pValues, double alpha) {
    int comparisons = pValues.size();
    List<Integer> ascending =
        IntStream.range(0, comparisons).boxed().sorted(Comparator.comparing(pValues::get)).toList();
    Double[] adjusted = new Double[comparisons];
    Double[] alphas = new Double[comparisons];
    double largest = 0;
    double level = alpha / comparisons;
    for (int rank = 0; rank < comparisons; rank++) {
      int comparison = ascending.get(rank);
      int left = comparisons - rank;
      // Once one cannot be rejected, no later one is: they all stay at the level where it stopped.
      if (largest <= alpha) {
        level = alpha / left;
      }
      largest = Math.max(largest, Math.min(1, left * pValues.get(comparison)));
      adjusted[comparison] = largest;
      alphas[comparison] = level;
    }
    return new Holm(List.of(adjusted), List.of(alphas));
  }
}
