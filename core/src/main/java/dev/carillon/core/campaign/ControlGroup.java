package dev.carillon.core.campaign;

/**
 * Who of a campaign's users are held out to compare with.
 *
 * @param percent the campaign's own share: 0 for none, else 1 to 99
 * @param system whether members of the account's system control group are held out too
 */
public record ControlGroup(int percent, boolean system) {
  public static final ControlGroup NONE = new ControlGroup(0);

  public ControlGroup {
    if (percent < 0 || percent > 99) {
      throw new IllegalArgumentException("a control group is 1 to 99 percent, or none");
    }
  }

  /** A share of its own, and the system control group. */
  public ControlGroup(int percent) {
    this(percent, true);
  }

  /**
   * The share of users that is held out, 0 to 1, as the two draws are independent.
   *
   * @param systemPercent size of the system control group, where it applies, else 0
   */
  public double share(int systemPercent) {
    return 1 - (1 - percent / 100.0) * (1 - (system ? systemPercent : 0) / 100.0);
  }
}
