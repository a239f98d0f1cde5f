package dev.carillon.core.campaign;

/**
 * The share of a campaign's users who are held out to compare with.
 *
 * @param percent 0 for none, else 1 to 99
 */
public record ControlGroup(int percent) {
  public static final ControlGroup NONE = new ControlGroup(0);

  public ControlGroup {
    if (percent < 0 || percent > 99) {
      throw new IllegalArgumentException("a control group is 1 to 99 percent, or none");
    }
  }
}
