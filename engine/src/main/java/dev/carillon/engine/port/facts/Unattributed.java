package dev.carillon.engine.port.facts;

/**
 * Counts of what could not be attributed. What can be attributed later leaves them.
 *
 * @param replies messages
 * @param optOuts wishes to get no more messages
 */
public record Unattributed(long replies, long optOuts) {
  public static final Unattributed NONE = new Unattributed(0, 0);

  public boolean any() {
    return replies > 0 || optOuts > 0;
  }
}
