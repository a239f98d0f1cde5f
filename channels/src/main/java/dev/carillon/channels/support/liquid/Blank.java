package dev.carillon.channels.support.liquid;

import java.util.Collection;
import java.util.Map;
import liqp.nodes.AtomNode;
import org.jspecify.annotations.Nullable;

/**
 * What Liquid calls blank: nothing, false, what is empty, and texts in which nothing can be seen.
 */
final class Blank {
  private Blank() {}

  /** Whether a value is blank. A text is when it has only white space and invisible characters. */
  static boolean is(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Boolean flag -> !flag;
      case CharSequence text -> text.codePoints().allMatch(Blank::isUnseen);
      case Collection<?> list -> list.isEmpty();
      // It lists nothing, and is a whole person.
      case RenderScope _ -> false;
      case Map<?, ?> map -> map.isEmpty();
      default -> isWord(value) || AtomNode.isEmpty(value);
    };
  }

  /** Whether a value is what the word {@code blank} means in a text. */
  static boolean isWord(@Nullable Object value) {
    return AtomNode.isBlank(value);
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
