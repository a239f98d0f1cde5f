package dev.carillon.channels.meta.whatsapp;

/** Makes a text fit for a template's place, where Meta takes no line breaks, tabs or wide gaps. */
final class ParameterText {
  private ParameterText() {}

  /**
   * The text with each run of white space as one space, none at the ends, without other control
   * characters, and with U+FFFD for halves of surrogate pairs.
   */
  static String of(String text) {
    StringBuilder fit = new StringBuilder(text.length());
    boolean gap = false;
    int point;
    for (int i = 0; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      if (Character.isWhitespace(point)) {
        gap = true;
      } else if (!Character.isISOControl(point)) {
        if (gap && !fit.isEmpty()) {
          fit.append(' ');
        }
        gap = false;
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        fit.appendCodePoint(half ? 0xFFFD : point);
      }
    }
    return fit.toString();
  }
}
