package dev.carillon.core.account;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all campaigns of the account.
 *
 * @param zone the account's time zone, which decides days and local times
 * @param weekStart the day on which the weeks of trends begin
 * @param currency ISO 4217 code that revenue is shown in
 * @param quietHours when nobody is to be disturbed; null for never
 * @param caps frequency caps; a channel may have several, of different lengths
 * @param systemControlGroup who is held out of all campaigns
 */
public record AccountSettings(
    ZoneId zone,
    DayOfWeek weekStart,
    String currency,
    @Nullable QuietHours quietHours,
    List<FrequencyCap> caps,
    SystemControlGroup systemControlGroup) {
  public AccountSettings {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("a currency is three capital letters");
    }
    caps = List.copyOf(caps);
    Set<FrequencyCap> kinds = new HashSet<>();
    for (FrequencyCap cap : caps) {
      if (!kinds.add(new FrequencyCap(cap.channel(), 1, cap.within()))) {
        throw new IllegalArgumentException("two caps of one channel have the same length");
      }
    }
  }

  /** What holds before anybody sets more than zone and currency. */
  public static AccountSettings first(ZoneId zone, String currency) {
    return new AccountSettings(
        zone, DayOfWeek.MONDAY, currency, null, List.of(), SystemControlGroup.NONE);
  }

  /** The longest time that a cap of any channel looks back; zero without caps. */
  public Duration longestCap() {
    return caps.stream().map(FrequencyCap::within).max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
