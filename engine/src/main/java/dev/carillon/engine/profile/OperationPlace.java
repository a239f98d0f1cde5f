package dev.carillon.engine.profile;

import dev.carillon.core.Sha256;
import java.util.Comparator;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * Where an operator stands among those of a property, and which one it is: two at one place are the
 * same one, come twice.
 *
 * @param turn when it has its turn
 * @param operator such as {@code $incr}
 * @param mark what distinguishes it from others whose bodies are not known either: the operand's
 *     text, or where that is long a hash of it
 */
record OperationPlace(Turn turn, String operator, String mark)
    implements Comparable<OperationPlace> {
  private static final int LONGEST_MARK = 64;

  private static final Comparator<OperationPlace> ORDER =
      Comparator.comparing(OperationPlace::turn)
          .thenComparing(OperationPlace::operator)
          .thenComparing(OperationPlace::mark);

  static OperationPlace of(Turn turn, String operator, JsonNode operand) {
    String text = operand.toString();
    return new OperationPlace(turn, operator, text.length() <= LONGEST_MARK ? text : hash(text));
  }

  /** A place after all others of a time. */
  static OperationPlace endOf(long at) {
    return new OperationPlace(Turn.endOf(at), "", "");
  }

  /** The same place, if its body arrived at that time. */
  OperationPlace arrived(long first) {
    return new OperationPlace(turn.arrived(first), operator, mark);
  }

  @Override
  public int compareTo(OperationPlace other) {
    return ORDER.compare(this, other);
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
