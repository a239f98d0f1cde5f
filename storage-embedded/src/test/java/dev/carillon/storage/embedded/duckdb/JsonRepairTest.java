package dev.carillon.storage.embedded.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRepairTest {
  private static final String[] PIECES = {
    "\\ud83d", "\\uDD14", "\\\\", "\\\"", "u", "d83d", "\\u0041", "\\n", "x"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, plain",
        "\\u00e9, \\u00e9",
        "\\ud83d\\udd14, \\ud83d\\udd14",
        "\\ud83dx, \\ufffdx",
        "\\udd14\\ud83d, \\ufffd\\ufffd",
        "\\\\ud83d, \\\\ud83d",
        "\\\\\\ud83d, \\\\\\ufffd",
        "\\ud83d\\ud83d\\udd14, \\ufffd\\ud83d\\udd14"
      })
  void loneSurrogatesAreReplaced(String text, String repaired) {
    assertThat(JsonRepair.repaired(text)).isEqualTo(repaired);
  }

  @Test
  void duckDbTakesEveryMendedText() throws SQLException {
    long seed = 11;
    Random random = new Random(seed);
    try (DuckDatabase database = new DuckDatabase(folder, 256, 2);
        DuckSession session = database.session()) {
      for (int i = 0; i < 500; i++) {
        StringBuilder text = new StringBuilder("{\"");
        for (int length = random.nextInt(8); length > 0; length--) {
          text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        String json = text.append("\":1}").toString();
        assertThat(session.number("SELECT json_valid(?)::INTEGER", JsonRepair.repaired(json)))
            .as("seed %s: %s", seed, json)
            .isEqualTo(1);
      }
    }
  }
}
