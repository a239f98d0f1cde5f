package dev.carillon.engine.intake.csv;

import java.util.Optional;

/**
 * What a column of a CSV file becomes.
 *
 * @param header its name in the file's first line
 * @param use what its cells are
 * @param property the property that they become; empty for the identity and for what is skipped
 */
public record CsvColumn(String header, Use use, String property) {

  /** Whether its cells are the phone numbers that messages are sent to. */
  boolean isPhone() {
    return use == Use.TEXT && property.equals("Phone");
  }

  /** What the cells of a column are; {@link #key()} is the name in JSON. */
  public enum Use {
    SKIP("skip", "Leave out"),
    IDENTITY("identity", "Identity"),
    TEXT("text", "Text"),
    NUMBER("number", "Number"),
    TRUTH("boolean", "Yes or no"),
    DATE("date", "Date");

    private final String key;
    private final String words;

    Use(String key, String words) {
      this.key = key;
      this.words = words;
    }

    public String key() {
      return key;
    }

    /** The name on pages. */
    public String words() {
      return words;
    }

    /** The use with this key; empty when there is none. */
    public static Optional<Use> ofKey(String key) {
      for (Use use : values()) {
        if (use.key.equals(key)) {
          return Optional.of(use);
        }
      }
      return Optional.empty();
    }
  }
}
