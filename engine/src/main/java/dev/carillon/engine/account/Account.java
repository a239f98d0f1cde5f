package dev.carillon.engine.account;

import dev.carillon.core.account.AccountSettings;
import java.time.ZoneId;

/**
 * The account's settings as they are at the moment of the call; to be asked each time, as they may
 * change. Thread-safe.
 */
@FunctionalInterface
public interface Account {
  AccountSettings settings();

  default ZoneId zone() {
    return settings().zone();
  }

  /** Settings that never change. */
  static Account of(AccountSettings settings) {
    return () -> settings;
  }

  /** An account in this zone that has set nothing else. */
  static Account in(ZoneId zone) {
    return of(AccountSettings.first(zone, "USD"));
  }
}
