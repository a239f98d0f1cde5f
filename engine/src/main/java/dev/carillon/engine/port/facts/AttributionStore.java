package dev.carillon.engine.port.facts;

/** Tells what people sent that leads to none of the account's people. */
public interface AttributionStore {

  /** What came to the connection from people who are known by no phone number and no message. */
  Unattributed unattributed(int connection);
}
