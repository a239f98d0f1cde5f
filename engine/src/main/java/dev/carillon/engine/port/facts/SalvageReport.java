package dev.carillon.engine.port.facts;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What salvaging the journal of a store found.
 *
 * @param damage what was wrong, in words; null when the journal is sound and was left as it is
 * @param records how many whole records were kept that the database needs
 * @param entries how many entries they hold
 * @param unreadableBytes how many bytes belong to no whole record
 * @param missing the ranges of entries that are neither in the journal nor in the database
 * @param end the position after the last entry that is known of
 * @param endCertain whether nothing can have followed that entry
 * @param original where the journal's files are as they were; null when they were left alone
 */
public record SalvageReport(
    @Nullable String damage,
    long records,
    long entries,
    long unreadableBytes,
    List<Missing> missing,
    long end,
    boolean endCertain,
    @Nullable Path original) {
  public SalvageReport {
    missing = List.copyOf(missing);
  }

  /**
   * Entries that are missing.
   *
   * @param from position of the first
   * @param to the position after the last
   */
  public record Missing(long from, long to) {}

  /** Of a journal that was left as it is. */
  public static SalvageReport sound() {
    return new SalvageReport(null, 0, 0, 0, List.of(), 0, true, null);
  }

  /** Whether everything that was acknowledged is certain to be there. */
  public boolean isComplete() {
    return missing.isEmpty() && endCertain;
  }

  /** How many entries are missing, of those that are known of. */
  public long missingEntries() {
    return missing.stream().mapToLong(range -> range.to() - range.from()).sum();
  }
}
