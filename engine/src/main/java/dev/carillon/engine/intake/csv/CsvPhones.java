package dev.carillon.engine.intake.csv;

import dev.carillon.engine.profile.PhoneNumbers;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the phone numbers that spreadsheets have written. Thread-safe. */
final class CsvPhones {
  private static final Pattern FORMULA = Pattern.compile("=\\s*\"?([^\"]*)\"?");

  /** Of all widths, and what only turns the direction of writing. */
  private static final Pattern SPACES = Pattern.compile("[\\p{Z}\\p{Cf}]+");

  /** What a number gets that a spreadsheet took for a decimal. */
  private static final Pattern FRACTION = Pattern.compile("([+0-9() -]*[0-9])[.,]0+");

  private static final Pattern QUOTES = Pattern.compile("^[\"'`\u2018\u2019\u00b4]+|[\"']+$");

  private final PhoneNumbers phones;

  CsvPhones(PhoneNumbers phones) {
    this.phones = phones;
  }

  /** The number with a plus; empty when the cell does not say one for certain. */
  Optional<String> read(String cell) {
    return phones.digits(repaired(cell)).map(digits -> "+" + digits);
  }

  private static String repaired(String cell) {
    String text = SPACES.matcher(cell).replaceAll(" ").strip();
    if (text.startsWith("=")) {
      text = FORMULA.matcher(text).replaceFirst("$1").strip();
    }
    text = QUOTES.matcher(text).replaceAll("").strip();
    return FRACTION.matcher(text).matches() ? FRACTION.matcher(text).replaceFirst("$1") : text;
  }
}
