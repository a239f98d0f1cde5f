package dev.carillon.server.pages.wording;

/** Names for variants without a name. */
public final class VariantText {
  private VariantText() {}

  /** The name of the variant with this number: A for the first. */
  public static String name(String number) {
    return number.length() == 1 && Character.isDigit(number.charAt(0))
        ? "Variant " + (char) ('A' + number.charAt(0) - '0')
        : "Variant " + number;
  }
}
