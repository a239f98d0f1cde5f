package dev.carillon.core.audience;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Users that were named one by one.
 *
 * @param id never given twice
 * @param version grows when its members are replaced
 * @param name 1 to 200 characters; no other list has it, without regard to case
 * @param matchBy what its rows named users by
 * @param people how many users are on it now
 * @param report what became of its rows
 * @param createdBy who brought it in
 */
public record CustomList(
    int id,
    int version,
    String name,
    MatchBy matchBy,
    long people,
    Report report,
    String createdBy,
    Instant createdAt,
    Instant changedAt) {

  /** What names a user; {@link #key()} is the name in JSON. */
  public enum MatchBy {
    /** An identity: the account's own one first, then those of other kinds. */
    IDENTITY("identity"),
    PHONE("phone"),
    EMAIL("email");

    private final String key;

    MatchBy(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    public static Optional<MatchBy> ofKey(String key) {
      return Arrays.stream(values()).filter(by -> by.key.equals(key)).findFirst();
    }
  }

  /**
   * What became of the rows: each is matched, a duplicate, unknown or malformed.
   *
   * @param rows all of them, without the header
   * @param matched rows that named a user that no row before had named
   * @param duplicates rows that named what a row before had named
   * @param unknown rows that named no known user
   * @param unknownFirst the first of these
   * @param malformed rows that could not be read
   * @param malformedFirst the first of these
   */
  public record Report(
      long rows,
      long matched,
      long duplicates,
      long unknown,
      List<Line> unknownFirst,
      long malformed,
      List<Line> malformedFirst) {
    /** How many lines are listed of each sort. */
    public static final int FIRST = 100;

    public Report {
      unknownFirst = List.copyOf(unknownFirst);
      malformedFirst = List.copyOf(malformedFirst);
    }

    /** The same without what stood in the file. */
    public Report withoutLines() {
      return new Report(rows, matched, duplicates, unknown, List.of(), malformed, List.of());
    }
  }

  /**
   * One line of a file.
   *
   * @param number from 1
   * @param text what stood there, or why it could not be read
   */
  public record Line(long number, String text) {}
}
