package dev.carillon.server.pages.wizard;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A property of people as it is written into a text.
 *
 * @param name the property's name
 * @param liquid the Liquid that writes a person's value, and nothing where there is none
 */
public record PropertyText(String name, String liquid) {
  /** Names that Liquid reads as a variable; all others are looked up by their text. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What Liquid calls all properties together; one that is called so is hidden by it. */
  private static final String ALL = "profile";

  /** Names that mean something else in a text. */
  private static final Set<String> TAKEN =
      Set.of(
          ("true false nil null empty blank and or contains in with offset continue reversed cycle"
                  + " assign capture raw comment if unless else elsif end case when for tablerow"
                  + " include increment decrement break")
              .split(" ", -1));

  /** How a text names the property; empty when it cannot. */
  static Optional<PropertyText> of(String name) {
    if (name.equals(ALL)) {
      return Optional.empty();
    }
    if (VARIABLE.matcher(name).matches() && !TAKEN.contains(name)) {
      return Optional.of(written(name, name));
    }
    String quote = name.contains("'") ? "\"" : "'";
    if (name.contains(quote) || name.contains("{") || name.contains("}") || name.contains("%")) {
      return Optional.empty();
    }
    return Optional.of(written(name, ALL + "[" + quote + name + quote + "]"));
  }

  private static PropertyText written(String name, String variable) {
    return new PropertyText(name, "{{ " + variable + " | default: '' }}");
  }
}
