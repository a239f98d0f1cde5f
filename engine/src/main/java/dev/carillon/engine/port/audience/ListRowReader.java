package dev.carillon.engine.port.audience;

import org.jspecify.annotations.Nullable;

/** Takes one row after the other. */
@FunctionalInterface
public interface ListRowReader {
  /**
   * Takes a row.
   *
   * @param line where it begins, from 1
   * @param value what names the user; what can be shown of the row when it is malformed
   * @param malformed why the row cannot be taken; null when it can
   */
  void row(long line, String value, @Nullable String malformed);
}
