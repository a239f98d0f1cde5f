package dev.carillon.core.statistics;

/** What the comparison of target and control allows one to say. */
public enum Verdict {
  /**
   * Nobody was held out, or every control user was suppressed: there is nothing to compare with.
   */
  NO_CONTROL("no-control"),
  /** The groups are not the sizes that were planned; no lift is shown. */
  SAMPLE_RATIO_MISMATCH("sample-ratio-mismatch"),
  /** Too few conversions in a group; numbers are shown, nothing is concluded. */
  NOT_ENOUGH_DATA("not-enough-data"),
  /** The whole interval of the difference lies above zero. */
  BETTER("better"),
  /** The whole interval of the difference lies below zero. */
  WORSE("worse"),
  /** The interval of the difference holds zero. */
  NO_DIFFERENCE_SHOWN("no-difference-shown");

  private final String key;

  Verdict(String key) {
    this.key = key;
  }

  /** The name in the API. Never changes. */
  public String key() {
    return key;
  }

  static Verdict of(Interval difference) {
    if (difference.isAbove(0)) {
      return BETTER;
    }
    return difference.isBelow(0) ? WORSE : NO_DIFFERENCE_SHOWN;
  }
}
