package dev.carillon.engine.provider;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query or of a form, decoded. One name may have several values, which keep
 * their order.
 */
public final class FormParameters {
  private final Map<String, List<String>> values;

  private FormParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Decodes {@code a=1&b=2}. A part without {@code =} is a name with an empty value, and what is
   * not encoded rightly stays as it is.
   *
   * @param encoded in the form application/x-www-form-urlencoded, of UTF-8
   */
  public static FormParameters decode(String encoded) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int from = 0;
    while (from < encoded.length()) {
      int end = encoded.indexOf('&', from);
      end = end < 0 ? encoded.length() : end;
      if (end > from) {
        add(values, encoded.substring(from, end));
      }
      from = end + 1;
    }
    return new FormParameters(values);
  }

  private static void add(Map<String, List<String>> values, String pair) {
    int equals = pair.indexOf('=');
    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
    values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException brokenEscape) {
      return text;
    }
  }

  /** The first value of a name; empty when there is none. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** The values of a name, in their order. */
  public List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  /** The names, in the order in which each came first. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }
}
