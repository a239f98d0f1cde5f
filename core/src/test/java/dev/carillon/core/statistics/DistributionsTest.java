package dev.carillon.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The distributions against printed tables, and to full precision against SciPy 1.17. */
class DistributionsTest {
  private static final double RELATIVE_PERCENT = 1e-9;

  @ParameterizedTest
  @CsvSource({
    "0.4, 0.2533471031357997",
    "0.1, 1.2815515655446004",
    "0.05, 1.6448536269514729",
    "0.025, 1.9599639845400545",
    "0.005, 2.575829303548901",
    "0.001, 3.090232306167813",
    "1e-6, 4.753424308822899",
    "1e-12, 7.034483825301131"
  })
  void normalQuantile(double tail, double expected) {
    assertThat(NormalDistribution.upperQuantile(tail))
        .isCloseTo(expected, withinPercentage(RELATIVE_PERCENT));
    assertThat(NormalDistribution.upperQuantile(1 - tail)).isCloseTo(-expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "0.5, 0.3085375387259869",
    "1, 0.15865525393145707",
    "2, 0.022750131948179195",
    "3, 0.0013498980316300933",
    "5, 2.866515718791933e-07",
    "8, 6.22096057427174e-16",
    "20, 2.7536241186061556e-89",
    "37, 5.7255712225239266e-300"
  })
  void normalTail(double x, double expected) {
    assertThat(NormalDistribution.upperTail(x))
        .isCloseTo(expected, withinPercentage(RELATIVE_PERCENT));
    assertThat(NormalDistribution.upperTail(-x)).isCloseTo(1 - expected, within(1e-15));
  }

  /** The rows of every printed t table, and beyond: 0.1, 0.025, 0.005 and 0.0005 in the tail. */
  @ParameterizedTest
  @CsvSource({
    "1, 3.0776835371752536, 12.706204736174705, 63.65674116287158, 636.6192487687196",
    "2, 1.8856180831641267, 4.302652729749464, 9.924843200918293, 31.59905457644362",
    "5, 1.4758840488244813, 2.5705818356363155, 4.032142983555229, 6.86882662588111",
    "10, 1.3721836411103359, 2.2281388519862753, 3.1692726726169504, 4.586893858702636",
    "30, 1.3104150253913955, 2.042272456301238, 2.749995653567226, 3.645958635042021",
    "120, 1.2886462336563778, 1.9799304050824411, 2.617421145106866, 3.3734537685625003",
    "1000.5, 1.282398297809231, 1.962337892459348, 2.5807522321743117, 3.3002777597965323",
    "9999, 1.281636238198314, 1.9602012636213577, 2.576321095856598, 3.291500063300932",
    "10000, 1.2816362297304775, 1.9602012398906263, 2.5763210466685287, 3.291499965941605",
    "1000000, 1.2815524121299389, 1.9599663568141072, 2.5758342201053344, 3.2905364612486916"
  })
  void studentQuantile(double degrees, double tenth, double fortieth, double half, double rare) {
    StudentDistribution student = new StudentDistribution(degrees);
    assertThat(student.upperQuantile(0.1)).isCloseTo(tenth, withinPercentage(1e-8));
    assertThat(student.upperQuantile(0.025)).isCloseTo(fortieth, withinPercentage(1e-8));
    assertThat(student.upperQuantile(0.005)).isCloseTo(half, withinPercentage(1e-8));
    assertThat(student.upperQuantile(0.0005)).isCloseTo(rare, withinPercentage(1e-8));
    assertThat(student.upperTail(fortieth)).isCloseTo(0.025, withinPercentage(1e-8));
    assertThat(student.upperTail(-fortieth)).isCloseTo(0.975, withinPercentage(1e-8));
  }

  /** The 5 %, 1 % and 0.1 % columns of every printed χ² table. */
  @ParameterizedTest
  @CsvSource({
    "1, 3.8414588206941285, 6.634896601021217, 10.827566170662733",
    "2, 5.991464547107983, 9.210340371976182, 13.815510557964274",
    "3, 7.814727903251178, 11.344866730144368, 16.26623619623813",
    "10, 18.30703805327515, 23.20925115895436, 29.58829844507442",
    "30, 43.77297182574217, 50.892181311517085, 59.703064304429944"
  })
  void chiSquaredTail(double degrees, double five, double one, double tenth) {
    assertThat(SpecialFunctions.upperGamma(degrees / 2, five / 2))
        .isCloseTo(0.05, withinPercentage(RELATIVE_PERCENT));
    assertThat(SpecialFunctions.upperGamma(degrees / 2, one / 2))
        .isCloseTo(0.01, withinPercentage(RELATIVE_PERCENT));
    assertThat(SpecialFunctions.upperGamma(degrees / 2, tenth / 2))
        .isCloseTo(0.001, withinPercentage(RELATIVE_PERCENT));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, Double.NaN})
  void quantilesRefuseWhatIsNoProbability(double tail) {
    assertThatThrownBy(() -> NormalDistribution.upperQuantile(tail))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StudentDistribution(5).upperQuantile(tail))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void studentNeedsDegreesOfFreedom() {
    assertThatThrownBy(() -> new StudentDistribution(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StudentDistribution(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
