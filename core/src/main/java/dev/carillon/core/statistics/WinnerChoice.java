package dev.carillon.core.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which of several variants is better than all others beyond chance, at one look. Every pair is
 * compared by {@link ConversionContrast} and the p-values adjusted by {@link Holm}, so where the
 * variants do not differ one of them is called the winner in at most one test of twenty.
 *
 * <p>Immutable.
 *
 * @param variants what each brought about, in their order
 * @param winner number of the variant that beats each other one; null when none does
 * @param pValue the largest adjusted p-value of the best variant against another, 0 to 1; 1 when
 *     there is nothing to compare
 */
public record WinnerChoice(List<Proportion> variants, @Nullable Integer winner, double pValue) {

  private record Pair(int one, int other) {}

  /**
   * @param variants 2 or more
   */
  public static WinnerChoice of(List<Proportion> variants) {
    List<Pair> pairs = new ArrayList<>();
    for (int one = 0; one < variants.size(); one++) {
      for (int other = one + 1; other < variants.size(); other++) {
        pairs.add(new Pair(one, other));
      }
    }
    List<Double> adjusted =
        Holm.of(
                pairs.stream()
                    .map(pair -> pValue(variants.get(pair.one), variants.get(pair.other)))
                    .toList(),
                ConversionLift.ALPHA)
            .adjusted();
    int best = best(variants);
    double weakest =
        IntStream.range(0, pairs.size())
            .filter(i -> pairs.get(i).one == best || pairs.get(i).other == best)
            .mapToDouble(adjusted::get)
            .max()
            .orElse(1);
    return new WinnerChoice(
        List.copyOf(variants), weakest < ConversionLift.ALPHA ? best : null, weakest);
  }

  /** The first of those with the highest rate; an empty one has none. */
  private static int best(List<Proportion> variants) {
    int best = 0;
    for (int number = 1; number < variants.size(); number++) {
      if (rate(variants.get(number)) > rate(variants.get(best))) {
        best = number;
      }
    }
    return best;
  }

  private static double rate(Proportion variant) {
    Double rate = variant.rate();
    return rate == null ? 0 : rate;
  }

  private static double pValue(Proportion one, Proportion other) {
    return one.total() == 0 || other.total() == 0
        ? 1
        : ConversionContrast.of(one, other, true).pValue();
  }
}
