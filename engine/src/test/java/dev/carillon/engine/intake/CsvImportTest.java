package dev.carillon.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.intake.CsvColumn.Use;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CSV file's columns most likely are, and how its rows are read. */
class CsvImportTest {
  private static final List<CsvColumn> MEMBERS =
      List.of(new CsvColumn("Name", Use.TEXT, "Name"), new CsvColumn("Member", Use.IDENTITY, ""));

  @TempDir private Path folder;

  @Test
  void columnsAreRecognisedByNameAndFirstCells() throws Exception {
    String text =
        """
        \uFEFFcustomer_id;Mobile number;E-Mail;Age;WhatsApp opt-in;Since;City;Zip
        7;+919876543210;a@example.org;30;yes;2026-01-05;"Pune; ""old"" town";01234
        8;;;;;;;
        """;
    CsvMapping mapping = suggested(text);

    assertThat(mapping.columns())
        .containsExactly(
            new CsvColumn("customer_id", Use.IDENTITY, ""),
            new CsvColumn("Mobile number", Use.TEXT, "Phone"),
            new CsvColumn("E-Mail", Use.TEXT, "Email"),
            new CsvColumn("Age", Use.NUMBER, "Age"),
            new CsvColumn("WhatsApp opt-in", Use.TRUTH, "MSG-whatsapp"),
            new CsvColumn("Since", Use.DATE, "Since"),
            new CsvColumn("City", Use.TEXT, "City"),
            new CsvColumn("Zip", Use.TEXT, "Zip"));
    assertThat(mapping.problem()).isEmpty();
    assertThat(rows(text).getFirst()).contains("Pune; \"old\" town");
  }

  @Test
  void aMappingWithoutOneIdentityOrWithAPropertyTwiceIsRefused() {
    CsvColumn id = new CsvColumn("id", Use.IDENTITY, "");
    CsvColumn name = new CsvColumn("a", Use.TEXT, "Name");
    assertThat(new CsvMapping(List.of(name)).problem()).isPresent();
    assertThat(new CsvMapping(List.of(id, id)).problem()).isPresent();
    assertThat(new CsvMapping(List.of(id, name, name)).problem()).isPresent();
    assertThat(new CsvMapping(List.of(id, new CsvColumn("b", Use.TEXT, " "))).problem())
        .isPresent();
    assertThat(new CsvMapping(List.of(id, name)).problem()).isEmpty();
  }

  @Test
  void whatIsNoCsvIsRefusedInPlainWords() throws IOException {
    assertThatThrownBy(() -> rows("")).isInstanceOf(MalformedBodyException.class);
    assertThatThrownBy(() -> rows("a,a\n1,2\n")).isInstanceOf(MalformedBodyException.class);
    assertThatThrownBy(() -> rows("a,b\n\"1,2\n"))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("quote")
        .hasMessageContaining("line 2");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "id,Name\n1,J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(latin))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aRowWithoutAnIdentityIsRefusedInTheWordsOfTheFile() throws Exception {
    assertThat(refusal("Asha")).startsWith("The row ends before the column Member");
    assertThat(refusal("Asha", "")).startsWith("The cell of Member is empty");
    assertThat(refusal("Asha", " ")).startsWith("The cell of Member is empty");
    assertThat(refusal("Asha", "x".repeat(1_025))).startsWith("The cell of Member is too long");
    CsvImport.identified(new CsvRow(2, List.of("Asha", "x".repeat(1_024))), MEMBERS);
  }

  private static String refusal(String... cells) {
    RecordError error =
        catchThrowableOfType(
                RecordRefusedException.class,
                () -> CsvImport.identified(new CsvRow(2, List.of(cells)), MEMBERS))
            .error();
    assertThat(error.code()).isEqualTo(523);
    return error.words();
  }

  private CsvMapping suggested(String text) throws Exception {
    try (CsvFile file = CsvFile.open(written(text))) {
      List<CsvRow> rows = new ArrayList<>();
      for (CsvRow row = file.next(); row != null; row = file.next()) {
        rows.add(row);
      }
      return CsvMapping.suggest(file.headers(), rows);
    }
  }

  private List<List<String>> rows(String text) throws Exception {
    return read(written(text));
  }

  private static List<List<String>> read(Path csv) throws Exception {
    List<List<String>> rows = new ArrayList<>();
    try (CsvFile file = CsvFile.open(csv)) {
      for (CsvRow row = file.next(); row != null; row = file.next()) {
        rows.add(row.cells());
      }
    }
    return rows;
  }

  private Path written(String text) throws IOException {
    Path file = folder.resolve("file.csv");
    Files.writeString(file, text);
    return file;
  }
}
