package dev.carillon.server.access.login;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a password must be when it is set; those that were set before keep working. Says in words
 * what is wrong.
 */
final class PasswordRules {
  private static final int SHORTEST = 12;

  /** Of bcrypt. */
  private static final int MOST_BYTES = 72;

  /** The library's estimate from 0 to 4; from 3 on, 10^8 or more guesses are needed. */
  private static final int LEAST_SCORE = 3;

  /** Shorter parts of a name are in many passwords by chance. */
  private static final int SHORTEST_PART = 4;

  /** So few changes of a character lead from the name to the password. */
  private static final int NEAR = 3;

  private static final Pattern BETWEEN_PARTS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private PasswordRules() {}

  /**
   * @param name of the login, folded
   * @throws IllegalArgumentException when the password will not do, in words for people
   */
  static void check(String name, String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw new IllegalArgumentException("A password has at least 12 characters.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new IllegalArgumentException("A password has at most 72 bytes.");
    }
    if (isNear(name, password.strip().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "This password is too near the login's name. Choose one without the name in it.");
    }
    if (isEasilyGuessed(name, password)) {
      throw new IllegalArgumentException(
          "This password is easily guessed: it is, or is made of, what many people use. Several"
              + " unrelated words, or characters from a password manager, are better.");
    }
  }

  private static boolean isNear(String name, String password) {
    String reversed = new StringBuilder(password).reverse().toString();
    return distance(name, password) <= NEAR
        || distance(name, reversed) <= NEAR
        || Arrays.stream(BETWEEN_PARTS.split(name))
            .filter(part -> part.length() >= SHORTEST_PART)
            .anyMatch(part -> password.contains(part) || reversed.contains(part));
  }

  /** The estimator holds some 100,000 words while it is there, so it is not kept. */
  private static boolean isEasilyGuessed(String name, String password) {
    return new Zxcvbn().measure(password, List.of(name, "carillon")).getScore() < LEAST_SCORE;
  }

  /** The fewest characters to insert, delete or replace to make one text of the other. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    Arrays.setAll(before, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(before[j], row[j - 1]));
      }
      before = row;
    }
    return before[other.length()];
  }
}
