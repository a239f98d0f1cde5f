package dev.carillon.engine.port.facts;

/** Tells what people sent that leads to none of the account's people. */
public interface AttributionStore {

  /** What came to the connection from people who are known by no phone number and no message. */
  Unattributed unattributed(int connection);

  /**
   * Counts of what could not be attributed. What can be attributed later leaves them.
   *
   * @param replies messages
   * @param optOuts wishes to get no more messages
   */
  record Unattributed(long replies, long optOuts) {
    public static final Unattributed NONE = new Unattributed(0, 0);

    public boolean any() {
      return replies > 0 || optOuts > 0;
    }
  }
}
