package dev.carillon.engine.intake.csv;

import dev.carillon.engine.intake.BodyName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file of users is to be read.
 *
 * @param mapping what its columns become
 * @param country two letters of ISO 3166: of phone numbers without a country code; null when those
 *     are not valid
 */
public record CsvReading(CsvMapping mapping, @Nullable String country) {

  /**
   * A file that is read so.
   *
   * @param at when its contents were so
   * @param body names the file and its reading: 1 or more
   */
  public record OfFile(CsvReading reading, Instant at, long body) {}

  /** The reading in words: equal for equal readings. */
  public String key() {
    return mapping.key() + (country == null ? "" : country);
  }

  /**
   * This reading of a file.
   *
   * @param contents a hash of its bytes
   * @param at when its contents were so
   * @param turn how often it was imported with another reading than the time before
   */
  public OfFile file(String contents, Instant at, int turn) {
    String name = contents + '\n' + turn + '\n' + key();
    return new OfFile(this, at, BodyName.of(name.getBytes(StandardCharsets.UTF_8)));
  }
}
