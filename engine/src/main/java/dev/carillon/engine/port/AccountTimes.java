package dev.carillon.engine.port;

import dev.carillon.core.campaign.QuietHours;
import java.time.ZoneId;
import java.util.Optional;

/** What the account says of times. Asked anew each time, so that a change of it takes effect. */
public interface AccountTimes {

  /** The zone in which local times are meant. */
  ZoneId zone();

  /** The hours in which nobody is to be disturbed, where the account has any. */
  Optional<QuietHours> quietHours();

  /** An account without quiet hours. */
  static AccountTimes of(ZoneId zone) {
    return new AccountTimes() {
      @Override
      public ZoneId zone() {
        return zone;
      }

      @Override
      public Optional<QuietHours> quietHours() {
        return Optional.empty();
      }
    };
  }
}
