package dev.carillon.engine.port.facts;

import java.util.function.Consumer;

/** Tells what became readable, to those in the same process. */
public interface AppliedFeed {

  /**
   * Tells the listener of all facts that become readable from now on, derived ones included. Calls
   * come one at a time; a fact may come more than once. The listener must be quick.
   */
  void onApplied(Consumer<Applied> listener);
}
