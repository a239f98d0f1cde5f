package dev.carillon.channels.liquid;

/** Texts in which there is nothing to see. */
final class BlankText {
  private BlankText() {}

  /** Whether the text has only white space and invisible characters, or nothing. */
  static boolean is(CharSequence text) {
    return text.codePoints().allMatch(BlankText::isUnseen);
  }

  private static boolean isUnseen(int character) {
    if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.FORMAT, Character.CONTROL -> true;
      // Hangul fillers and the blank pattern of Braille are letters and symbols without ink.
      default ->
          character == 0x115F
              || character == 0x1160
              || character == 0x3164
              || character == 0xFFA0
              || character == 0x2800;
    };
  }
}
