package dev.carillon.core.user;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A user's time zone as a property of the profile gives it: a name of the IANA's database in any
 * case, or an offset such as +05:30, +0530, +5 or GMT+5:30.
 */
public final class UserZone {
  /** The properties that may give it; the first that is there counts. */
  public static final List<String> PROPERTIES = List.of("Tz", "tz", "timezone", "Timezone");

  private static final int LONGEST = 60;
  private static final Pattern OFFSET =
      Pattern.compile("(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?");
  private static final Map<String, String> NAMES =
      ZoneId.getAvailableZoneIds().stream()
          .collect(
              Collectors.toMap(
                  name -> name.toLowerCase(Locale.ROOT), Function.identity(), (one, other) -> one));

  private UserZone() {}

  /** The zone that the text names; empty when it names none. */
  public static Optional<ZoneId> parse(String text) {
    String name = text.strip();
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    if (name.equalsIgnoreCase("Z")) {
      return Optional.of(ZoneOffset.UTC);
    }
    Matcher offset = OFFSET.matcher(name.toUpperCase(Locale.ROOT));
    if (offset.matches()) {
      return offset(offset);
    }
    return Optional.ofNullable(NAMES.get(name.toLowerCase(Locale.ROOT))).map(ZoneId::of);
  }

  private static Optional<ZoneId> offset(Matcher offset) {
    int sign = offset.group(1).equals("-") ? -1 : 1;
    int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
    try {
      return Optional.of(
          ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(offset.group(2)), sign * minutes));
    } catch (DateTimeException outOfRange) {
      return Optional.empty();
    }
  }
}
