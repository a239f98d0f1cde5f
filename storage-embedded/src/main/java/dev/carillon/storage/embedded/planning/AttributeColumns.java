package dev.carillon.storage.embedded.planning;

import dev.carillon.core.message.PlannedAttribute;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBDataChunkReader;
import org.roaringbitmap.RoaringBitmap;

/**
 * The attributes that messages have from their endpoints: columns of {@code endpoint}, and of
 * {@code message} under the same names.
 */
final class AttributeColumns {
  private record Column(PlannedAttribute attribute, String name) {}

  private static final List<Column> ALL =
      List.of(
          new Column(PlannedAttribute.PLATFORM, "platform"),
          new Column(PlannedAttribute.OS, "os"),
          new Column(PlannedAttribute.DEVICE, "model"));

  private final Map<PlannedAttribute, Map<String, RoaringBitmap>> sets =
      new EnumMap<>(PlannedAttribute.class);

  /** The names of the columns. */
  static List<String> names() {
    return ALL.stream().map(Column::name).toList();
  }

  /** Selects the number and the attributes of those messages of a run that have any. */
  static String select() {
    return "SELECT seq, "
        + String.join(", ", names())
        + " FROM message WHERE campaign = ? AND run = ? AND coalesce("
        + String.join(", ", names())
        + ") IS NOT NULL";
  }

  /** Collects what {@link #select} found. */
  void collect(DuckDBDataChunkReader chunk) throws SQLException {
    for (long i = 0; i < chunk.rowCount(); i++) {
      int seq = chunk.vector(0).getInt(i);
      for (int column = 0; column < ALL.size(); column++) {
        String value = chunk.vector(column + 1).getString(i);
        if (value != null && !value.isEmpty()) {
          sets.computeIfAbsent(ALL.get(column).attribute(), any -> new TreeMap<>())
              .computeIfAbsent(value, any -> new RoaringBitmap())
              .add(seq);
        }
      }
    }
  }

  Map<PlannedAttribute, Map<String, RoaringBitmap>> sets() {
    return sets;
  }
}
