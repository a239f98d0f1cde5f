package dev.carillon.engine.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files as spreadsheets and databases write them. */
class CsvRowsTest {

  @Test
  void readsAColumnByNameWithQuotesAndAnyLineEnds() throws IOException {
    assertThat(
            rows(
                "\uFEFFName,\"User ID\"\r\n\"Rao, Asha\",a-1\r\n\"Line\nbreak\",\" a-2 \"\nPlain,\"say \"\"x\"\"\"\r\n",
                "user id",
                true))
        .containsExactly("2 a-1", "3 a-2", "5 say \"x\"");
  }

  @Test
  void findsTheSeparatorByItself() throws IOException {
    assertThat(rows("id;city\na;Pune, IN\nb;Delhi", "city", true))
        .containsExactly("2 Pune, IN", "3 Delhi");
    assertThat(rows("id\tcity\na\tPune", "2", true)).containsExactly("2 Pune");
    assertThat(rows("a\nb\n", null, false)).containsExactly("1 a", "2 b");
  }

  @Test
  void saysWhatIsWrongWithARow() throws IOException {
    assertThat(rows("id,x\na,1\nb\n\n,3\n", "2", true))
        .containsExactly("2 1", "3 !column 2 is empty", "5 3");
    assertThat(rows("id,x\n,1\n", "id", true)).containsExactly("2 !column 1 is empty");
    assertThat(rows("id\nc\u00f6\n".getBytes(StandardCharsets.ISO_8859_1), "id", true))
        .containsExactly("2 c\uFFFD!the text is not UTF-8");
  }

  /** However it is written that the last cell says nothing. */
  @Test
  void anEmptyCellAtTheEndOfARowIsEmpty() throws IOException {
    assertThat(rows("x;id\n1;a\n2;\n3\n4;\"\"\n5; \n6;;\n\n7;b;;\n", "id", true))
        .containsExactly(
            "2 a",
            "3 !column 2 is empty",
            "4 !column 2 is empty",
            "5 !column 2 is empty",
            "6 !column 2 is empty",
            "7 !column 2 is empty",
            "9 b");
    assertThat(rows("1,a\n2,\n3\n", "2", false))
        .containsExactly("1 a", "2 !column 2 is empty", "3 !column 2 is empty");
  }

  @Test
  void refusesWhatIsNoTableWithSuchAColumn() {
    assertThatThrownBy(() -> rows("id,x\n", "email", true))
        .isInstanceOf(AudienceException.Unreadable.class)
        .hasMessageContaining("id, x");
    assertThatThrownBy(() -> rows("a\n", "email", false))
        .isInstanceOf(AudienceException.Unreadable.class);
    assertThatThrownBy(() -> rows("", "id", true)).isInstanceOf(AudienceException.Unreadable.class);
    assertThatThrownBy(() -> rows("id\n\"a\"b\n", "id", true))
        .isInstanceOf(AudienceException.Unreadable.class);
    assertThatThrownBy(() -> rows("id\na\n\"b\nc\n", "id", true))
        .isInstanceOf(AudienceException.Unreadable.class)
        .hasMessageContaining("line 3");
    assertThatThrownBy(
            () -> rows("id;Stra\u00dfe\n1;2\n".getBytes(StandardCharsets.ISO_8859_1), null, true))
        .isInstanceOf(AudienceException.Unreadable.class)
        .hasMessageContaining("UTF-8");
  }

  private static List<String> rows(String file, @Nullable String column, boolean header)
      throws IOException {
    return rows(file.getBytes(StandardCharsets.UTF_8), column, header);
  }

  private static List<String> rows(byte[] file, @Nullable String column, boolean header)
      throws IOException {
    List<String> rows = new ArrayList<>();
    new CsvRows(new ByteArrayInputStream(file), column, header)
        .read(
            (line, value, wrong) ->
                rows.add(line + " " + value + (wrong == null ? "" : "!" + wrong)));
    return rows;
  }
}
