package dev.carillon.engine.definition;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.definition.json.Problems;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.when.PeriodReader;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the account's settings from JSON, whole or as changes to those that hold. Never throws on
 * what was sent in.
 */
public final class SettingsReader {
  private static final String[] MEMBERS = {
    "zone", "weekStart", "currency", "quietHours", "caps", "systemControlGroup", "country"
  };
  private static final int MOST_CAPS = 20;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final List<String> CHANNELS =
      Arrays.stream(Channel.values()).map(Channel::key).toList();
  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(day -> day.name().toLowerCase(Locale.ROOT)).toList();

  private final JsonPlace root;
  private final @Nullable AccountSettings before;

  private SettingsReader(JsonPlace root, @Nullable AccountSettings before) {
    this.root = root;
    this.before = before;
  }

  /** Settings of which all members are given. */
  public static Reading<AccountSettings> read(JsonNode json) {
    return read(json, null);
  }

  /** The settings with the members that are given in place of the old ones. */
  public static Reading<AccountSettings> change(AccountSettings before, JsonNode json) {
    return read(json, before);
  }

  private static Reading<AccountSettings> read(JsonNode json, @Nullable AccountSettings before) {
    Problems problems = new Problems();
    return problems.reading(new SettingsReader(JsonPlace.root(json, problems), before).settings());
  }

  private @Nullable AccountSettings settings() {
    if (!root.object(MEMBERS)) {
      return null;
    }
    ZoneId zone = member("zone", SettingsReader::zone, AccountSettings::zone);
    DayOfWeek weekStart = member("weekStart", SettingsReader::day, AccountSettings::weekStart);
    String currency = member("currency", SettingsReader::currency, AccountSettings::currency);
    List<FrequencyCap> caps = member("caps", SettingsReader::caps, AccountSettings::caps);
    SystemControlGroup control =
        member(
            "systemControlGroup",
            SettingsReader::systemControlGroup,
            AccountSettings::systemControlGroup);
    QuietHours quiet = quietHours();
    String country = country();
    return zone == null || weekStart == null || currency == null || caps == null || control == null
        ? null
        : new AccountSettings(zone, weekStart, currency, quiet, caps, control, country);
  }

  private <T> @Nullable T member(
      String name, Function<JsonPlace, @Nullable T> read, Function<AccountSettings, T> old) {
    return before == null || root.has(name) ? read.apply(root.member(name)) : old.apply(before);
  }

  private @Nullable QuietHours quietHours() {
    if (!root.has("quietHours")) {
      return before == null ? null : before.quietHours();
    }
    JsonPlace place = root.member("quietHours");
    return place.absent() ? null : QuietHoursJson.read(place);
  }

  private @Nullable String country() {
    if (!root.has("country")) {
      return before == null ? null : before.country();
    }
    JsonPlace place = root.member("country");
    String text = place.absent() ? null : place.text(10);
    return text == null || Countries.exist(text)
        ? text
        : place.no(
            Code.UNKNOWN_VALUE, "there is no such country; write its two letters, such as IN");
  }

  private static @Nullable ZoneId zone(JsonPlace place) {
    String text = place.text(60);
    if (text == null) {
      return null;
    }
    return ZoneId.getAvailableZoneIds().contains(text)
        ? ZoneId.of(text)
        : place.no(Code.UNKNOWN_VALUE, "there is no such zone; write it as Asia/Kolkata");
  }

  private static @Nullable DayOfWeek day(JsonPlace place) {
    String day = place.oneOf(DAYS);
    return day == null ? null : DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT));
  }

  private static @Nullable String currency(JsonPlace place) {
    String text = place.text(10);
    return text == null || CURRENCY.matcher(text).matches()
        ? text
        : place.no(Code.BAD_FORMAT, "write the currency as its three letters, such as INR");
  }

  private static @Nullable SystemControlGroup systemControlGroup(JsonPlace place) {
    if (!place.object("percent")) {
      return null;
    }
    JsonPlace share = place.member("percent");
    Long percent = share.whole(0, SystemControlGroup.LARGEST);
    if (percent == null) {
      return null;
    }
    return percent > 0 && percent < SystemControlGroup.SMALLEST
        ? share.no(Code.OUT_OF_RANGE, "it must be 0 for none, or from 2 to 5")
        : new SystemControlGroup(percent.intValue());
  }

  private static @Nullable List<FrequencyCap> caps(JsonPlace place) {
    Set<FrequencyCap> kinds = new HashSet<>();
    return place.absent() && place.node().isNull()
        ? List.of()
        : place.list(0, MOST_CAPS, each -> cap(each, kinds));
  }

  private static @Nullable FrequencyCap cap(JsonPlace place, Set<FrequencyCap> kinds) {
    if (!place.object("channel", "messages", "within")) {
      return null;
    }
    String channel = place.member("channel").oneOf(CHANNELS);
    Long messages = place.member("messages").whole(1, FrequencyCap.MOST_MESSAGES);
    Duration within =
        PeriodReader.length(place.member("within"), FrequencyCap.SHORTEST, FrequencyCap.LONGEST);
    if (channel == null || messages == null || within == null) {
      return null;
    }
    Channel on = Channel.ofKey(channel).orElseThrow();
    return kinds.add(new FrequencyCap(on, 1, within))
        ? new FrequencyCap(on, messages.intValue(), within)
        : place.no(Code.CONTRADICTION, "the channel has a cap of this length already");
  }
}
