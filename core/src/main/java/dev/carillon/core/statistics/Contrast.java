package dev.carillon.core.statistics;

/**
 * Two groups set against each other: what can be said of the difference and of the ratio of what
 * they have.
 *
 * <p>The ratio's interval holds the ratios R for which the interval of target − R · control holds
 * zero. So the ratio's interval excludes 1 exactly when the difference's excludes 0: the two can
 * never contradict each other.
 */
sealed interface Contrast permits ConversionContrast, RevenueContrast {

  /** The interval of target − control that misses with probability {@code alpha}. */
  Interval difference(double alpha);

  /** The interval of target / control that misses with probability {@code alpha}. */
  Interval ratio(double alpha);

  /** The smallest alpha at which the interval of the difference excludes zero; 0 to 1. */
  double pValue();
}
