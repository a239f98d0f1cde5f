package dev.carillon.engine.csv;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One reading for all files: what is a row, what is text, and what is said of a broken file. */
class CsvTableTest {

  @Test
  void cellsComeWithoutSpacesWhateverSeparatesThem() throws Exception {
    assertThat(rows("a;b;c\n \"x; y\" ; z;\n")).containsExactly("1 [a, b, c]", "2 [x; y, z]");
    assertThat(rows("a\tb\tc\n\t\t\"x\ty\"")).containsExactly("1 [a, b, c]", "2 [, , x\ty]");
    assertThat(rows("\uFEFF\"a\",b\r\n  \r\n\r\n\"x\r\ny\",\"say \"\"z\"\"\"\rw"))
        .containsExactly("1 [a, b]", "4 [x\r\ny, say \"z\"]", "6 [w]");
    assertThat(rows("")).isEmpty();
  }

  @Test
  void aQuoteThatIsNeverClosedIsSaidWithItsLine() {
    for (String rest : List.of("", "\n", "\n3,4\n5,6\n", "\"\"", "\"\"\n")) {
      assertThatThrownBy(() -> rows("a,b\n1,2\n\"3,4" + rest))
          .isInstanceOf(BrokenCsvException.class)
          .hasMessageContaining("quote")
          .hasMessageContaining("line 3")
          .hasMessageContaining("never closed");
    }
    assertThatThrownBy(() -> rows("a,b\n1,2\n\"3,4\n" + "5,6\n".repeat(5_000_000)))
        .isInstanceOf(BrokenCsvException.class)
        .hasMessageContaining("quote")
        .hasMessageContaining("after the row that begins on line 2");
    assertThatThrownBy(() -> rows("\"a\"b\n"))
        .isInstanceOf(BrokenCsvException.class)
        .hasMessageContaining("from its first row");
  }

  @Test
  void aRowTellsWhichCellsAreNoText() throws Exception {
    byte[] latin = "id,Name\n1,J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1);
    try (CsvTable table = CsvTable.open(new ByteArrayInputStream(latin))) {
      assertThat(table.next()).matches(CsvRow::isText);
      CsvRow row = requireNonNull(table.next());
      assertThat(row.isText()).isFalse();
      assertThat(row.isText(0)).isTrue();
      assertThat(row.isText(1)).isFalse();
      assertThat(row.shown(1)).isEqualTo("J\uFFFDrgen");
    }
    byte[] cut = {'i', 'd', '\n', (byte) 0xE2, (byte) 0x82};
    try (CsvTable table = CsvTable.open(new ByteArrayInputStream(cut))) {
      assertThat(table.next()).matches(CsvRow::isText);
      assertThat(table.next()).matches(row -> !row.isText());
      assertThat(table.next()).isNull();
    }
  }

  @Test
  void aReplacementCharacterThatSomebodyWroteIsText() throws Exception {
    try (CsvTable table = open("id\nc\uFFFD\n")) {
      table.next();
      assertThat(table.next()).matches(CsvRow::isText);
    }
  }

  @Test
  void utf16IsNoText() {
    assertThatThrownBy(
            () ->
                CsvTable.open(
                    new ByteArrayInputStream("id\n7\n".getBytes(StandardCharsets.UTF_16LE))))
        .isInstanceOf(BrokenCsvException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void thePositionGoesThroughTheFileAndEndsAtItsEnd() throws Exception {
    byte[] bytes = ("id,Name\n" + "7,\u00c5sa\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    try (CsvTable table = CsvTable.open(new ByteArrayInputStream(bytes))) {
      table.next();
      assertThat(table.position()).isPositive().isLessThan(bytes.length / 2);
      long before = table.position();
      while (table.next() != null) {
        assertThat(table.position()).isBetween(before, (long) bytes.length);
        before = table.position();
      }
      assertThat(before).isEqualTo(bytes.length);
    }
  }

  @Test
  void aFileThatBreaksOffIsNoEndOfTheTable() {
    InputStream broken =
        new FilterInputStream(
            new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
              throw new IOException("gone");
            }
            return read;
          }
        };
    assertThatThrownBy(
            () -> {
              try (CsvTable table = CsvTable.open(broken)) {
                while (table.next() != null) {}
              }
            })
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("gone");
  }

  private static List<String> rows(String file) throws IOException, BrokenCsvException {
    List<String> rows = new ArrayList<>();
    try (CsvTable table = open(file)) {
      for (CsvRow row = table.next(); row != null; row = table.next()) {
        rows.add(row.line() + " " + row.cells());
      }
    }
    return rows;
  }

  private static CsvTable open(String file) throws IOException, BrokenCsvException {
    return CsvTable.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)));
  }
}
