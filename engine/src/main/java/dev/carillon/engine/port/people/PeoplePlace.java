package dev.carillon.engine.port.people;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's place in the order of all who are found.
 *
 * @param name the name; null without one
 * @param identity the stored identity
 */
public record PeoplePlace(@Nullable String name, String identity) {

  /** The place as one word, for an address. */
  public String word() {
    String text = name == null ? "-" + identity : name.length() + ":" + name + identity;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The reverse of {@link #word()}; empty when the word is no place. */
  public static Optional<PeoplePlace> ofWord(String word) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
      if (text.startsWith("-")) {
        return Optional.of(new PeoplePlace(null, text.substring(1)));
      }
      int colon = text.indexOf(':');
      int end = colon + 1 + Integer.parseInt(text.substring(0, Math.max(colon, 0)));
      return Optional.of(new PeoplePlace(text.substring(colon + 1, end), text.substring(end)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAPlace) {
      return Optional.empty();
    }
  }
}
