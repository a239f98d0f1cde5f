package dev.carillon.channels.meta.whatsapp;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
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

/** What each error code means, read once from errors.txt beside this class. */
final class ErrorTable {

  /** For failures before any byte left. */
  static final String CONNECTION = "connection";

  static final String REFERENCE_TOO_LONG = "referenceTooLong";

  /** For a failure that names no code. */
  static final String UNSPECIFIED = "unspecified";

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

  private static final Map<String, ErrorMeaning> EXACT = new HashMap<>();
  private static final List<Range> RANGES = new ArrayList<>();

  static {
    read()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(ErrorTable::add);
  }

  private ErrorTable() {}

  /** The meaning of a code; of one that is not in the table, what its range suggests. */
  static ErrorMeaning meaning(String code) {
    return known(code).orElse(UNKNOWN);
  }

  /**
   * The meaning of an answer's code. Only where neither the code nor its range is known, the
   * answer's own hint decides.
   *
   * @param passes whether the provider hints that trying again helps
   */
  static ErrorMeaning meaning(String code, boolean passes) {
    return known(code).orElse(passes ? UNKNOWN_TEMPORARY : UNKNOWN);
  }

  private static Optional<ErrorMeaning> known(String code) {
    ErrorMeaning exact = EXACT.get(code);
    if (exact != null) {
      return Optional.of(exact);
    }
    int slash = code.indexOf('/');
    if (slash >= 0) {
      return known(code.substring(0, slash));
    }
    try {
      int number = Integer.parseInt(code);
      return RANGES.stream()
          .filter(range -> number >= range.first && number <= range.last)
          .findFirst()
          .map(Range::meaning);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the pair of code and subcode has its own meaning. */
  static boolean distinguishes(String code, String subcode) {
    return EXACT.containsKey(code + "/" + subcode);
  }

  private static void add(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 5) {
      throw new IllegalStateException("errors.txt: " + line);
    }
    ErrorMeaning meaning =
        new ErrorMeaning(
            ErrorClass.valueOf(cells[1].strip()),
            Reaction.valueOf(cells[2].strip()),
            cells[3].strip(),
            cells[4].strip());
    for (String codes : cells[0].split(",", -1)) {
      int dash = codes.indexOf('-');
      if (dash < 0) {
        EXACT.putIfAbsent(codes.strip(), meaning);
      } else {
        RANGES.add(
            new Range(
                Integer.parseInt(codes.substring(0, dash).strip()),
                Integer.parseInt(codes.substring(dash + 1).strip()),
                meaning));
      }
    }
  }

  private static String read() {
    try (InputStream in =
        Objects.requireNonNull(ErrorTable.class.getResourceAsStream("errors.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
