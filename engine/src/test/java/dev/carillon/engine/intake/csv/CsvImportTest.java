package dev.carillon.engine.intake.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.clevertap.RecordRefusedException;
import dev.carillon.engine.intake.csv.CsvColumn.Use;
import dev.carillon.engine.profile.PhoneNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  void aLineThatNamesTheSeparatorIsPassedOverAndCounted() throws Exception {
    for (String first :
        List.of("sep=;", "SEP=;", "\"sep=;\"", "sep=;;;;", "\uFEFFsep=;", "sep=;\r")) {
      String text = first + "\nid;City;Note\nf1;Pune;a,b\nf2;Agra\n";
      assertThat(rows(text))
          .as(first)
          .containsExactly(List.of("f1", "Pune", "a,b"), List.of("f2", "Agra"));
      try (CsvFile file = CsvFile.open(written(text))) {
        assertThat(file.headers()).containsExactly("id", "City", "Note");
        assertThat(Objects.requireNonNull(file.next()).line()).isEqualTo(3);
      }
    }
    assertThat(rows("sep=|\nid|City\nf1|Pune\n")).containsExactly(List.of("f1", "Pune"));
    assertThat(rows("sep,id\n1,2\n")).containsExactly(List.of("1", "2"));
    assertThat(rows("sep=x\nf1\n")).containsExactly(List.of("f1"));
  }

  @Test
  void emptyCellsAtTheEndArePassedOver() throws Exception {
    assertThat(rows("id,City,,\nf1,Pune,,\nf2,,,\n,,,\nf3,Agra\n"))
        .containsExactly(List.of("f1", "Pune"), List.of("f2"), List.of("f3", "Agra"));
    assertThatThrownBy(() -> rows("id,,City\n1,2,3\n")).hasMessageContaining("has a name");
  }

  @Test
  void codesAreTextWhereverInTheFileTheyAreSeen() throws Exception {
    StringBuilder text = new StringBuilder("id,Pin,Code,Points,Year2,Late\n");
    for (int i = 0; i < 400; i++) {
      String late = i == 390 ? "00731" : String.valueOf(20_000 + i * 100);
      text.append(
          "u%d,%06d,%d,%d,%d,%s\n".formatted(i, 411_000 + i, 10_000 + i, i, 10 + i % 80, late));
    }
    assertThat(suggested(text.toString()).columns())
        .extracting(CsvColumn::use)
        .containsExactly(Use.IDENTITY, Use.TEXT, Use.TEXT, Use.NUMBER, Use.NUMBER, Use.TEXT);
    assertThat(suggested("id,Price\n1,0.5\n2,0\n3,1999.25\n").columns().getLast().use())
        .isEqualTo(Use.NUMBER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "+13125550142|+13125550142",
        "=\"+13125550142\"|+13125550142",
        "=+13125550142|+13125550142",
        "'+13125550142|+13125550142",
        "\u2018+13125550142|+13125550142",
        "+13125550142.0|+13125550142",
        "13125550142.00|+13125550142",
        "3125550142|+13125550142",
        "(312) 555-0142|+13125550142",
        "+1\u00a0312\u2009555\u00a00142|+13125550142",
        "00 1 312 555 0142|+13125550142",
        "+44 20 7946 0018|+442079460018",
        "1.31E+10|",
        "1,31E+10|",
        "12|",
        "ask Ann|",
      })
  void whatSpreadsheetsDoToPhonesIsRepairedWhereItIsCertain(String cell, @Nullable String phone) {
    assertThat(new CsvPhones(new PhoneNumbers("US")).read(cell))
        .isEqualTo(Optional.ofNullable(phone));
  }

  @Test
  void withoutACountryOnlyNumbersWithTheirCodeAreValid() {
    CsvPhones phones = new CsvPhones(new PhoneNumbers(null));
    assertThat(phones.read("13125550142.0")).isEmpty();
    assertThat(phones.read("=\"+13125550142\"")).contains("+13125550142");
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
    CsvRecords.identified(new CsvRow(2, List.of("Asha", "x".repeat(1_024))), MEMBERS);
  }

  private static String refusal(String... cells) {
    RecordError error =
        catchThrowableOfType(
                RecordRefusedException.class,
                () -> CsvRecords.identified(new CsvRow(2, List.of(cells)), MEMBERS))
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
      DigitColumns digits = new DigitColumns(file.headers().size());
      rows.forEach(digits::look);
      return CsvMapping.suggest(file.headers(), rows, digits);
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
