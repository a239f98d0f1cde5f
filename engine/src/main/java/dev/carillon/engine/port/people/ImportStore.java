package dev.carillon.engine.port.people;

import java.time.Instant;
import java.util.Optional;

/**
 * When files of people were imported first, so that a file that comes again changes nothing that
 * became known since.
 */
public interface ImportStore {
  /** How many files are remembered; of more, those that were imported longest ago are forgotten. */
  int REMEMBERED = 10_000;

  /**
   * When a file was imported first; empty when it never was, or when that is forgotten.
   *
   * @param contents a hash of the file's bytes
   */
  Optional<Instant> firstImport(String contents);

  /**
   * Notes that a file is being imported.
   *
   * @param contents a hash of the file's bytes
   * @param reading how the file is read, in words of the caller's own
   * @param first kept when the file is not remembered yet
   * @param now the moment of this import
   * @return how often the file was imported with another reading than the time before: the same
   *     file with the same reading has the same number when it comes again
   */
  int noteImport(String contents, String reading, Instant first, Instant now);
}
