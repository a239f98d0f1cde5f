package dev.carillon.storage.embedded.tables;

import dev.carillon.storage.embedded.duckdb.DuckSession;
import java.io.IOException;
import java.io.Reader;
import java.sql.SQLException;

/** Reads the text in a user's column of {@code profile} in pieces. Not thread-safe. */
public final class ColumnReader extends Reader {
  private static final int CHARACTERS = 4 << 20;

  private final DuckSession session;
  private final String sql;
  private final long userKey;
  private long next = 1;
  private String piece = "";
  private int at;

  public ColumnReader(DuckSession session, String column, long userKey) {
    this.session = session;
    this.sql = "SELECT substr(" + column + ", ?, ?) FROM profile WHERE user_key = ?";
    this.userKey = userKey;
  }

  @Override
  public int read(char[] to, int from, int length) throws IOException {
    if (at == piece.length()) {
      fetch();
    }
    int count = Math.min(length, piece.length() - at);
    if (count == 0) {
      return -1;
    }
    piece.getChars(at, at + count, to, from);
    at += count;
    return count;
  }

  private void fetch() throws IOException {
    try {
      piece = session.first(sql, row -> row.getString(1), next, CHARACTERS, userKey).orElse("");
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
    next += CHARACTERS;
    at = 0;
  }

  @Override
  public void close() {
    piece = "";
  }
}
