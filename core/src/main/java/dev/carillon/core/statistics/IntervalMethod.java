package dev.carillon.core.statistics;

/** How an interval was made, and with that what it promises. */
public enum IntervalMethod {
  /** Conversions, window closed: Newcombe's hybrid score interval, and its ratio by MOVER. */
  NEWCOMBE("newcombe", "Newcombe hybrid score interval", false),
  /**
   * Conversions while the campaign runs: the same, as wide as an unlimited number of looks asks.
   */
  NEWCOMBE_ANYTIME(
      "newcombe-anytime", "Newcombe hybrid score interval with an anytime-valid boundary", true),
  /** Revenue, window closed: Welch's interval, and its ratio by Fieller. */
  WELCH("welch", "Welch interval", false),
  /** Revenue while the campaign runs: the same, as wide as an unlimited number of looks asks. */
  WELCH_ANYTIME("welch-anytime", "Welch interval with an anytime-valid boundary", true);

  private final String key;
  private final String title;
  private final boolean anytimeValid;

  IntervalMethod(String key, String title, boolean anytimeValid) {
    this.key = key;
    this.title = title;
    this.anytimeValid = anytimeValid;
  }

  /** The name in the API. Never changes. */
  public String key() {
    return key;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /**
   * True when the interval may be looked at as often as one likes while data come in; false when it
   * holds for one look, at the end.
   */
  public boolean anytimeValid() {
    return anytimeValid;
  }

  static IntervalMethod ofConversions(boolean windowClosed) {
    return windowClosed ? NEWCOMBE : NEWCOMBE_ANYTIME;
  }

  static IntervalMethod ofRevenue(boolean windowClosed) {
    return windowClosed ? WELCH : WELCH_ANYTIME;
  }
}
