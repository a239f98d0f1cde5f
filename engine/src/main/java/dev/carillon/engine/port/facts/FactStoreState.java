package dev.carillon.engine.port.facts;

import java.util.Optional;

/** How a store of facts fares. */
public interface FactStoreState {

  /** How far reading is behind appending, in entries; 0 when settled. */
  long backlog();

  /**
   * Why entries cannot be made durable or readable now, in words for an operator and without
   * anybody's data; empty when they can.
   */
  Optional<String> problem();

  /** Whether the problem ends only when the process is started again. */
  default boolean problemLasts() {
    return false;
  }

  /**
   * How many entries came after their user was deleted and were from before it, so that nothing of
   * them was kept.
   */
  long dropped();

  /**
   * How many changes of properties were not made because the user's profile is at its limits
   * ({@link dev.carillon.core.user.DataLimits}).
   */
  long propertiesRefused();

  /**
   * How many changes of phone numbers, e-mail addresses and consents of known people were not made
   * because keys of apps and pages asked for them.
   */
  long contactsRefused();
}
