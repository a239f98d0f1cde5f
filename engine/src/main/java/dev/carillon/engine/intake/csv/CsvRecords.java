package dev.carillon.engine.intake.csv;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.intake.RecordError;
import dev.carillon.engine.intake.clevertap.RecordRefusedException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes records of the upload format out of the rows of a file. Thread-safe. */
final class CsvRecords {
  private final CsvMapping mapping;
  private final CsvPhones phones;
  private final Instant at;

  /**
   * @param at the records' time
   */
  CsvRecords(CsvMapping mapping, CsvPhones phones, Instant at) {
    this.mapping = mapping;
    this.phones = phones;
    this.at = at;
  }

  /**
   * A row as a record.
   *
   * @param phoneNotValid is run when its phone number is not valid
   * @throws RecordRefusedException when it is none
   */
  ObjectNode record(CsvRow row, Runnable phoneNotValid) throws RecordRefusedException {
    List<CsvColumn> columns = mapping.columns();
    if (row.cells().size() > columns.size()) {
      throw new RecordRefusedException(
          RecordError.MISCELLANEOUS,
          "The row has " + row.cells().size() + " cells, the first line " + columns.size() + ".");
    }
    identified(row, columns);
    if (CsvImport.characters(row) > DataLimits.RECORD_BYTES) {
      throw new RecordRefusedException(
          RecordError.RECORD_SIZE,
          "A row has at most 128 KiB. Look whether a quote is not closed.");
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.put("type", "profile").put("ts", at.getEpochSecond());
    ObjectNode properties = record.putObject("profileData");
    for (int i = 0; i < row.cells().size(); i++) {
      String cell = row.cells().get(i);
      if (!cell.isEmpty()) {
        put(record, properties, columns.get(i), cell, phoneNotValid);
      }
    }
    return record;
  }

  /** Refuses a row that does not say whose it is, in the words of the file and not of a record. */
  static void identified(CsvRow row, List<CsvColumn> columns) throws RecordRefusedException {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).use() != CsvColumn.Use.IDENTITY) {
        continue;
      }
      String header = columns.get(i).header();
      if (i >= row.cells().size()) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The row ends before the column "
                + header
                + ", so nobody can tell whose it is. Complete the row and import it again.");
      }
      String cell = row.cells().get(i);
      if (cell.isBlank()) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The cell of "
                + header
                + " is empty, so nobody can tell whose row it is. Write the person\u2019s identity"
                + " there and import the row again.");
      }
      if (cell.length() > Identity.LONGEST) {
        throw new RecordRefusedException(
            RecordError.IDENTITY,
            "The cell of "
                + header
                + " is too long for an identity, which has at most 1,024 characters. Look whether"
                + " it is the right column.");
      }
    }
  }

  private void put(
      ObjectNode record,
      ObjectNode properties,
      CsvColumn column,
      String cell,
      Runnable phoneNotValid)
      throws RecordRefusedException {
    if (column.isPhone()) {
      Optional<String> phone = phones.read(cell);
      if (phone.isEmpty()) {
        phoneNotValid.run();
      }
      properties.put(column.property(), phone.orElse(cell));
      return;
    }
    switch (column.use()) {
      case SKIP -> {}
      case IDENTITY -> record.put("identity", cell);
      case TEXT -> properties.put(column.property(), cell);
      case NUMBER -> {
        if (cell.length() > DataLimits.NUMBER_CHARACTERS
            || !CsvMapping.NUMBER.matcher(cell).matches()) {
          throw wrong(column, "a number such as 12 or 12.50");
        }
        properties.put(column.property(), new BigDecimal(cell));
      }
      case TRUTH ->
          properties.put(
              column.property(),
              CsvMapping.truth(cell).orElseThrow(() -> wrong(column, "yes or no")));
      case DATE -> {
        if (DateText.parse(cell).isEmpty()) {
          throw wrong(column, "a date such as 2026-12-01 or 2026-12-01T10:00");
        }
        properties.put(column.property(), cell);
      }
    }
  }

  private static RecordRefusedException wrong(CsvColumn column, String what) {
    return new RecordRefusedException(
        RecordError.MISCELLANEOUS, "The cell of " + column.header() + " must be " + what + ".");
  }
}
