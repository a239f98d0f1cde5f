package dev.carillon.bench;

import java.util.ArrayList;
import java.util.List;

/** Writes figures as a table with aligned columns. */
final class FigureTable {
  private static final List<String> HEAD =
      List.of("what", "ours", "peer", "ratio", "target", "reached");

  private FigureTable() {}

  static String of(List<Figure> figures) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    figures.forEach(figure -> rows.add(cells(figure)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int column = 0; column < widths.length; column++) {
        String cell = row.get(column);
        String space = " ".repeat(widths[column] - cell.length());
        line.append(' ').append(column == 0 ? cell + space : space + cell).append(' ');
      }
      table.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return table.toString();
  }

  private static List<String> cells(Figure figure) {
    Boolean reached = figure.reached();
    return List.of(
        figure.what(),
        figure.ours(),
        figure.peer(),
        figure.ratio(),
        figure.target(),
        reached == null ? "" : reached ? "yes" : "NO");
  }
}
