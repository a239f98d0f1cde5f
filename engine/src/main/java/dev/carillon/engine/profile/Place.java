package dev.carillon.engine.profile;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * Where an operator stands among those of a property, and which one it is: two at one place are the
 * same one, come twice.
 *
 * @param at its time, in microseconds since 1970
 * @param operator such as {@code $incr}
 * @param mark what tells it from others of its kind and time: the operand's text, or where that is
 *     long a hash of it
 */
record Place(long at, String operator, String mark) implements Comparable<Place> {
  private static final int LONGEST_MARK = 64;

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::at).thenComparing(Place::operator).thenComparing(Place::mark);

  static Place of(long at, String operator, JsonNode operand) {
    String text = operand.toString();
    return new Place(at, operator, text.length() <= LONGEST_MARK ? text : hash(text));
  }

  /** A place after all others of a time. */
  static Place endOf(long at) {
    return new Place(at, "\uffff", "");
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
