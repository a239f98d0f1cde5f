package dev.carillon.engine.csv;

import java.util.List;

/**
 * A row of a CSV file.
 *
 * @param line where it begins, from 1; rows of several lines are counted as written
 * @param cells without the spaces around them, at least one
 */
public record CsvRow(long line, List<String> cells) {
  /**
   * Stands for bytes that are not UTF-8. Unicode keeps this character for programs' own use, so no
   * text has it.
   */
  static final char NO_TEXT = '\uFDD0';

  private static final char REPLACEMENT = '\uFFFD';

  public CsvRow {
    cells = List.copyOf(cells);
  }

  /** Whether the bytes of a cell are text in UTF-8. */
  public boolean isText(int cell) {
    return cells.get(cell).indexOf(NO_TEXT) < 0;
  }

  /** Whether the bytes of all cells are text in UTF-8. */
  public boolean isText() {
    return cells.stream().noneMatch(cell -> cell.indexOf(NO_TEXT) >= 0);
  }

  /** A cell as it can be shown, even where it is no text. */
  public String shown(int cell) {
    return cells.get(cell).replace(NO_TEXT, REPLACEMENT);
  }
}
