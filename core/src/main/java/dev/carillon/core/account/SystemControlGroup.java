package dev.carillon.core.account;

/**
 * The share of all users who are held out of every campaign that does not opt out.
 *
 * @param percent 0 for none, else 2 to 5
 */
public record SystemControlGroup(int percent) {
  public static final int SMALLEST = 2;
  public static final int LARGEST = 5;
  public static final SystemControlGroup NONE = new SystemControlGroup(0);

  public SystemControlGroup {
    if (percent != 0 && (percent < SMALLEST || percent > LARGEST)) {
      throw new IllegalArgumentException("a system control group is 2 to 5 percent, or none");
    }
  }
}
