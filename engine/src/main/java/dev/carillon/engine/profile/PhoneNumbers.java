package dev.carillon.engine.profile;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.carillon.core.user.EndpointKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers as sources write them, and knows when two spellings are one number. Whatever
 * compares addresses compares what {@link #spelled} makes of them. Thread-safe.
 *
 * <p>A number carries a plus or the prefix 00; others are read as numbers of the default region,
 * and are invalid without one.
 *
 * <p>Three countries have numbers with two spellings, and providers write either: Brazilian mobiles
 * with and without the ninth digit before their eight, Mexican numbers with and without the 1 that
 * was for mobiles, Argentine numbers with and without the 9 for mobiles. The canonical spelling has
 * the ninth digit, no 1, and the 9.
 */
public final class PhoneNumbers implements AddressKind {
  /** Longer texts are no phone numbers, and are not looked at. */
  private static final int LONGEST = 64;

  /** A run of digits that may be a number. */
  private static final Pattern IN_TEXT = Pattern.compile("(?<![0-9])[0-9]{6,18}(?![0-9])");

  private static final Pattern DIGITS = Pattern.compile("\\+?([0-9]+)");

  /** Eight digits that begin with 2 to 5 are a landline, which has no other spelling. */
  private static final Pattern BRAZIL = Pattern.compile("^(55[1-9][1-9])([6-9][0-9]{7})$");

  private static final Pattern BRAZIL_CANONICAL =
      Pattern.compile("^(55[1-9][1-9])9([6-9][0-9]{7})$");
  private static final Pattern MEXICO = Pattern.compile("^(52)1([0-9]{10})$");
  private static final Pattern MEXICO_CANONICAL = Pattern.compile("^(52)([0-9]{10})$");
  private static final Pattern ARGENTINA = Pattern.compile("^(54)([0-8][0-9]{9})$");
  private static final Pattern ARGENTINA_CANONICAL = Pattern.compile("^(54)9([0-8][0-9]{9})$");

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

  @Override
  public EndpointKind kind() {
    return EndpointKind.PHONE;
  }

  @Override
  public Optional<String> property() {
    return Optional.of("Phone");
  }

  @Override
  public Optional<String> read(String given) {
    return digits(given);
  }

  @Override
  public String written(String address) {
    return "+" + address;
  }

  @Override
  public Set<Pattern> inText() {
    return Set.of(IN_TEXT);
  }

  @Override
  public String canonical(String text) {
    return spelled(text);
  }

  /**
   * The one spelling of an address.
   *
   * @param address E.164 digits, with or without plus; anything else is no number and stays
   */
  public static String spelled(String address) {
    Matcher number = DIGITS.matcher(address);
    if (!number.matches()) {
      return address;
    }
    String digits = number.group(1);
    if (!digits.startsWith("5")) {
      return digits;
    }
    String brazil = BRAZIL.matcher(digits).replaceFirst("$19$2");
    String mexico = MEXICO.matcher(brazil).replaceFirst("$1$2");
    return ARGENTINA.matcher(mexico).replaceFirst("$19$2");
  }

  /** All spellings of a canonical address, itself among them. */
  @Override
  public Set<String> spellings(String canonical) {
    String other = BRAZIL_CANONICAL.matcher(canonical).replaceFirst("$1$2");
    other = MEXICO_CANONICAL.matcher(other).replaceFirst("$11$2");
    other = ARGENTINA_CANONICAL.matcher(other).replaceFirst("$1$2");
    return other.equals(canonical) ? Set.of(canonical) : Set.of(canonical, other);
  }

  /** The canonical E.164 digits without plus; empty when the text is not a valid number. */
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
      String digits = library.format(number, PhoneNumberFormat.E164).substring(1);
      String canonical = spelled(digits);
      boolean valid =
          library.isValidNumber(
              canonical.equals(digits) ? number : library.parse("+" + canonical, null));
      return valid ? Optional.of(canonical) : Optional.empty();
    } catch (NumberParseException notOne) {
      return Optional.empty();
    }
  }
}
