package dev.carillon.engine.definition.when;

import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import java.time.LocalTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times of day. */
public final class TimeReader {
  private static final Pattern TIME = Pattern.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]");

  private TimeReader() {}

  /** A time of day in hours and minutes. */
  public static @Nullable LocalTime time(JsonPlace place) {
    String text = place.text(20);
    if (text == null) {
      return null;
    }
    return TIME.matcher(text).matches()
        ? LocalTime.parse(text)
        : place.no(Code.BAD_FORMAT, "write the time of day as 10:00, from 00:00 to 23:59");
  }
}
