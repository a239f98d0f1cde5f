package dev.carillon.server.pages.frame;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the parameters of addresses and forms. */
public final class Parameters {
  private Parameters() {}

  /** The first value without spaces around it; empty when it is missing or blank. */
  public static Optional<String> text(Map<String, String[]> parameters, String name) {
    String[] values = parameters.get(name);
    return values == null || values.length == 0 || values[0].isBlank()
        ? Optional.empty()
        : Optional.of(values[0].strip());
  }

  /** The first value as a whole number; null when it is none or less than the least. */
  public static @Nullable Integer number(Map<String, String[]> parameters, String name, int least) {
    try {
      return text(parameters, name).map(Integer::valueOf).filter(n -> n >= least).orElse(null);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }

  /** A value as an address bears it. */
  public static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
