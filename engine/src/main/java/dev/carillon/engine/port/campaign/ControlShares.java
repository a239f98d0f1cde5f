package dev.carillon.engine.port.campaign;

/**
 * The shares of a run's users that are held out to compare with, drawn independently.
 *
 * @param own percent in the campaign's own control group, 0 to 99
 * @param system percent in the system control group, 0 where it is not held out
 */
public record ControlShares(int own, int system) {
  public static final ControlShares NONE = new ControlShares(0, 0);
}
