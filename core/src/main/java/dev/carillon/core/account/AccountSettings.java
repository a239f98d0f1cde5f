package dev.carillon.core.account;

import java.time.DayOfWeek;
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
 * @param quietHours when no one is to be disturbed; null for never
 * @param caps frequency caps; a channel may have several, of different lengths
 * @param systemControlGroup who is held out of all campaigns
 * @param country two letters of ISO 3166: the country of phone numbers that are written without
 *     one; null when such numbers are not valid
 */
public record AccountSettings(
    ZoneId zone,
    DayOfWeek weekStart,
    String currency,
    @Nullable QuietHours quietHours,
    List<FrequencyCap> caps,
    SystemControlGroup systemControlGroup,
    @Nullable String country) {
  public AccountSettings {
    if (!currency.matches("[A-Z]{3}")) {
      throw new IllegalArgumentException("a currency is three capital letters");
    }
    if (country != null && !Countries.exist(country)) {
      throw new IllegalArgumentException("a country is two capital letters of ISO 3166");
    }
    caps = List.copyOf(caps);
    Set<FrequencyCap> kinds = new HashSet<>();
    for (FrequencyCap cap : caps) {
      if (!kinds.add(new FrequencyCap(cap.channel(), 1, cap.within()))) {
        throw new IllegalArgumentException("two caps of one channel have the same length");
      }
    }
  }

  /** Settings without a country. */
  public AccountSettings(
      ZoneId zone,
      DayOfWeek weekStart,
      String currency,
      @Nullable QuietHours quietHours,
      List<FrequencyCap> caps,
      SystemControlGroup systemControlGroup) {
    this(zone, weekStart, currency, quietHours, caps, systemControlGroup, null);
  }

  /** What holds before anybody sets more than zone and currency. */
  public static AccountSettings first(ZoneId zone, String currency) {
    return new AccountSettings(
        zone, DayOfWeek.MONDAY, currency, null, List.of(), SystemControlGroup.NONE);
  }
}
