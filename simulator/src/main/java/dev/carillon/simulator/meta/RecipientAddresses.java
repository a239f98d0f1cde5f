package dev.carillon.simulator.meta;

import java.util.Optional;
import java.util.regex.Pattern;

/** Phone numbers as senders write them and as WhatsApp knows them. */
final class RecipientAddresses {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{6,14}");
  private static final int BRAZIL_NEW_LENGTH = 13;
  private static final int BRAZIL_LAST_CODE_WITH_NINE = 28;
  private static final int MEXICO_LENGTH = 12;

  private RecipientAddresses() {}

  /** The number in digits, when it can be one: a plus and the usual separators are tolerated. */
  static Optional<String> parse(String to) {
    String digits = digits(to);
    return NUMBER.matcher(digits).matches() ? Optional.of(digits) : Optional.empty();
  }

  static String digits(String to) {
    return to.replaceAll("[+\\s().-]", "");
  }

  /**
   * The id by which WhatsApp knows a number. Accounts of Brazil outside the area codes 11 to 28
   * have no ninth digit, and those of Mexico have a 1 after the country code.
   */
  static String waId(String digits) {
    if (digits.startsWith("55")
        && digits.length() == BRAZIL_NEW_LENGTH
        && digits.charAt(4) == '9'
        && Integer.parseInt(digits.substring(2, 4)) > BRAZIL_LAST_CODE_WITH_NINE) {
      return digits.substring(0, 4) + digits.substring(5);
    }
    if (digits.startsWith("52") && digits.length() == MEXICO_LENGTH) {
      return "521" + digits.substring(2);
    }
    return digits;
  }
}
