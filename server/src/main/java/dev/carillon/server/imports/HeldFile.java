package dev.carillon.server.imports;

import dev.carillon.engine.intake.csv.CsvMapping;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A file that was uploaded and is not imported yet.
 *
 * @param id a word that cannot be guessed
 * @param name what its owner calls it
 * @param csv where it is
 * @param contents a hash of its bytes
 * @param at the time that its contents get: of their first import
 * @param headers the names of its columns
 * @param rows its first rows
 * @param suggested what its columns most likely are
 */
public record HeldFile(
    String id,
    String name,
    Path csv,
    String contents,
    Instant at,
    List<String> headers,
    List<List<String>> rows,
    CsvMapping suggested) {
  public HeldFile {
    headers = List.copyOf(headers);
    rows = List.copyOf(rows);
  }
}
