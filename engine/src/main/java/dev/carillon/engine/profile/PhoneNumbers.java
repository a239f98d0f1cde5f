package dev.carillon.engine.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers as sources write them. Thread-safe.
 *
 * <p>A number carries a plus or the prefix 00; others are read as numbers of the default region,
 * and are invalid without one.
 */
public final class PhoneNumbers {
  /** Longer texts are no phone numbers, and are not looked at. */
  private static final int LONGEST = 64;

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();
  private final Supplier<@Nullable String> defaultRegion;

  /**
   * @param defaultRegion two-letter country code of numbers without an international prefix; null
   *     to take such numbers as invalid
   */
  public PhoneNumbers(@Nullable String defaultRegion) {
    this(() -> defaultRegion);
  }

  private PhoneNumbers(Supplier<@Nullable String> defaultRegion) {
    this.defaultRegion = defaultRegion;
  }

  /** Reads numbers without an international prefix as those of a country that may change. */
  public static PhoneNumbers of(DefaultCountry country) {
    return new PhoneNumbers(country);
  }

  /** The E.164 digits without plus; empty when the text is not a valid number. */
  public Optional<String> digits(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST) {
      return Optional.empty();
    }
    String international = trimmed.startsWith("00") ? "+" + trimmed.substring(2) : trimmed;
    String region = defaultRegion.get();
    if (!international.startsWith("+") && region == null) {
      return Optional.empty();
    }
    try {
      PhoneNumber number = library.parse(international, region);
      if (!library.isValidNumber(number)) {
        return Optional.empty();
      }
      return Optional.of(library.format(number, PhoneNumberFormat.E164).substring(1));
    } catch (NumberParseException notOne) {
      return Optional.empty();
    }
  }
}
