package dev.carillon.engine.intake.csv;

import dev.carillon.engine.csv.CsvRow;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which columns of a file have digits that are no numbers: codes such as postal codes, which have a
 * leading zero somewhere in the file, or all the same length. Not thread-safe.
 */
public final class DigitColumns {
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** Shorter ones are ages, counts and the like. */
  private static final int SHORTEST_CODE = 4;

  private static final int FEWEST_CELLS = 2;

  private final boolean[] leadingZero;
  private final boolean[] oneLength;
  private final int[] length;
  private final long[] cells;

  /**
   * @param columns how many columns the file has
   */
  public DigitColumns(int columns) {
    leadingZero = new boolean[columns];
    oneLength = new boolean[columns];
    length = new int[columns];
    cells = new long[columns];
  }

  /** Looks at one more row. */
  public void look(CsvRow row) {
    List<String> all = row.cells();
    for (int column = 0; column < Math.min(all.size(), length.length); column++) {
      String cell = all.get(column);
      if (!cell.isEmpty()) {
        look(column, cell);
      }
    }
  }

  private void look(int column, String cell) {
    boolean first = cells[column]++ == 0;
    if (leadingZero[column] || (!first && !oneLength[column] && cell.charAt(0) != '0')) {
      return;
    }
    boolean digits = DIGITS.matcher(cell).matches();
    leadingZero[column] = digits && cell.length() > 1 && cell.charAt(0) == '0';
    if (first) {
      length[column] = cell.length();
    }
    oneLength[column] = digits && cell.length() == length[column] && (first || oneLength[column]);
  }

  /** Whether the column's digits are text. */
  boolean areText(int column) {
    return leadingZero[column]
        || (oneLength[column] && length[column] >= SHORTEST_CODE && cells[column] >= FEWEST_CELLS);
  }
}
