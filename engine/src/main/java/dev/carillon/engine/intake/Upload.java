package dev.carillon.engine.intake;

import dev.carillon.engine.port.facts.Entry;
import java.util.List;

/**
 * A body of records as it was understood.
 *
 * @param entries what is to be kept
 * @param processed how many records are to be kept
 * @param refused the records that are not, in their order
 * @param placeholderIds how many ids were placeholders such as {@code "null"}, and were passed over
 * @param tokensMissing how many records lacked the identity token that they needed, and were kept
 *     for their anonymous visitor or refused
 */
public record Upload(
    List<Entry> entries,
    int processed,
    List<Refused> refused,
    int placeholderIds,
    int tokensMissing) {

  /**
   * A record that was not taken.
   *
   * @param index place in the body, from 0
   * @param error why
   * @param record JSON: the record as it was sent, or where it is long an object that shows how it
   *     begins
   */
  public record Refused(int index, RecordError error, String record) {}
}
