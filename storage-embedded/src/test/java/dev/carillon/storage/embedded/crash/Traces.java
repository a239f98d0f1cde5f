package dev.carillon.storage.embedded.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.carillon.storage.embedded.callbacks.CallbackPacks;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.journal.JournalSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks for texts in every column of every table of a closed store, and in the journal's files. */
public final class Traces {
  private Traces() {}

  /** Tables and columns that hold one of the texts. */
  public static List<String> inTables(Path folder, List<String> texts) throws SQLException {
    List<String> found = new ArrayList<>();
    try (DuckDatabase database = new DuckDatabase(folder, 256, 2);
        DuckSession session = database.session()) {
      List<String[]> columns =
          session.list(
              "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal",
              row -> new String[] {row.getString(1), row.getString(2)});
      for (String[] column : columns) {
        for (String text : texts) {
          long rows =
              session.number(
                  "SELECT count(*) FROM "
                      + column[0]
                      + " WHERE contains(\""
                      + column[1]
                      + "\"::VARCHAR, ?)",
                  text);
          if (rows > 0) {
            found.add(column[0] + "." + column[1] + " holds " + text);
          }
        }
      }
      for (String text : texts) {
        if (!CallbackPacks.naming(session, List.of(text)).isEmpty()) {
          found.add("a packed callback holds " + text);
        }
      }
    }
    return found;
  }

  /** Files of the journal that hold one of the texts. */
  public static List<String> inJournal(Path folder, List<String> texts) throws IOException {
    List<String> found = new ArrayList<>();
    for (JournalSegment segment : JournalSegment.all(folder.resolve("journal"))) {
      StringBuilder bytes = new StringBuilder(Files.readString(segment.file(), ISO_8859_1));
      try (JournalSegment.Reader reader = segment.read()) {
        JournalSegment.Batch batch;
        while ((batch = reader.next()) != null) {
          bytes.append(new String(batch.entries(), ISO_8859_1));
        }
      }
      texts.stream()
          .filter(text -> bytes.indexOf(text) >= 0)
          .forEach(text -> found.add(segment.file().getFileName() + " holds " + text));
    }
    return found;
  }
}
