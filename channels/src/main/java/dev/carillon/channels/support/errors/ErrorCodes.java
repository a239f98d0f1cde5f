package dev.carillon.channels.support.errors;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What each error code of a provider means, as a file has it. A line is
 *
 * <pre>codes | class | reaction | what happened | who must act and how</pre>
 *
 * where a code is a word or number, a range (200-299) or code/subcode; of lines with the same code
 * the first counts. Blank lines and those that begin with # say nothing. What is the same for all
 * providers comes from common.txt beside this class.
 */
public final class ErrorCodes {

  /** For failures before any byte left. */
  public static final String CONNECTION = "connection";

  /** For a failure that names no code. */
  public static final String UNSPECIFIED = "unspecified";

  private static final ErrorMeaning UNKNOWN =
      new ErrorMeaning(
          ErrorClass.MESSAGE,
          Reaction.GIVE_UP,
          "The provider refused the message for a reason not known here.",
          "Look up the code in the provider's documentation.");
  private static final ErrorMeaning UNKNOWN_TEMPORARY =
      new ErrorMeaning(
          ErrorClass.TEMPORARY,
          Reaction.RETRY,
          "The provider has trouble for a reason not known here.",
          "Nobody: it is tried again.");

  private record Range(int first, int last, ErrorMeaning meaning) {}

  private final Map<String, ErrorMeaning> exact = new HashMap<>();
  private final List<Range> ranges = new ArrayList<>();

  private ErrorCodes() {}

  /**
   * Reads the table in a file beside a class.
   *
   * @throws IllegalStateException when a line is not right
   */
  public static ErrorCodes beside(Class<?> owner, String file) {
    ErrorCodes codes = new ErrorCodes();
    codes.add(owner, file);
    codes.add(ErrorCodes.class, "common.txt");
    return codes;
  }

  /** The meaning of a code; of one that is not in the table, what its range suggests. */
  public ErrorMeaning meaning(String code) {
    return known(code).orElse(UNKNOWN);
  }

  /**
   * The meaning of an answer's code. Only where neither the code nor its range is known, the
   * answer's own hint decides.
   *
   * @param passes whether the provider hints that trying again helps
   */
  public ErrorMeaning meaning(String code, boolean passes) {
    return known(code).orElse(passes ? UNKNOWN_TEMPORARY : UNKNOWN);
  }

  /** Whether the pair of code and subcode has its own meaning. */
  public boolean distinguishes(String code, String subcode) {
    return exact.containsKey(code + "/" + subcode);
  }

  /** A send that failed with a code, without the provider having asked for a wait. */
  public SendResult.Failed failed(String code, String words) {
    return new SendResult.Failed(code, words, meaning(code), null);
  }

  private Optional<ErrorMeaning> known(String code) {
    ErrorMeaning known = exact.get(code);
    if (known != null) {
      return Optional.of(known);
    }
    int slash = code.indexOf('/');
    if (slash >= 0) {
      return known(code.substring(0, slash));
    }
    try {
      int number = Integer.parseInt(code);
      return ranges.stream()
          .filter(range -> number >= range.first && number <= range.last)
          .findFirst()
          .map(Range::meaning);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void add(Class<?> owner, String file) {
    read(owner, file)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> add(file, line));
  }

  private void add(String file, String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 5) {
      throw new IllegalStateException(file + ": " + line);
    }
    ErrorMeaning meaning =
        new ErrorMeaning(
            ErrorClass.valueOf(cells[1].strip()),
            Reaction.valueOf(cells[2].strip()),
            cells[3].strip(),
            cells[4].strip());
    for (String code : cells[0].split(",", -1)) {
      add(code.strip(), meaning);
    }
  }

  /** A dash makes a range only between numbers: codes of some providers are words with dashes. */
  private void add(String code, ErrorMeaning meaning) {
    int dash = code.indexOf('-');
    if (dash > 0 && code.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))) {
      ranges.add(
          new Range(
              Integer.parseInt(code.substring(0, dash)),
              Integer.parseInt(code.substring(dash + 1)),
              meaning));
    } else {
      exact.putIfAbsent(code, meaning);
    }
  }

  private static String read(Class<?> owner, String file) {
    try (InputStream in =
        Objects.requireNonNull(owner.getResourceAsStream(file), () -> "there is no " + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
