package dev.carillon.core.ledger;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.message.SuppressionReason;
import java.time.Instant;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * What planning a run settled of its messages, as sets of their numbers.
 *
 * @param run the run's number, from 1
 * @param plannedAt when the audience was selected
 * @param firstSeq number of the run's first message
 * @param count how many messages it has, 0 or more; they are numbered without gaps
 * @param control the messages of users held out
 * @param attributes the messages of each value of an attribute; those without are in none
 * @param suppressed the messages that planning suppressed, each under one reason; control included
 * @param recipients the messages of users who have an earlier one, in this run or another
 */
public record PlannedRun(
    int run,
    Instant plannedAt,
    int firstSeq,
    int count,
    RoaringBitmap control,
    Map<PlannedAttribute, Map<String, RoaringBitmap>> attributes,
    Map<SuppressionReason, RoaringBitmap> suppressed,
    Recipients recipients) {

  /** A run of users who had no message of the campaign before. */
  public PlannedRun(
      int run,
      Instant plannedAt,
      int firstSeq,
      int count,
      RoaringBitmap control,
      Map<PlannedAttribute, Map<String, RoaringBitmap>> attributes,
      Map<SuppressionReason, RoaringBitmap> suppressed) {
    this(run, plannedAt, firstSeq, count, control, attributes, suppressed, Recipients.NONE);
  }

  /** The messages of each value of an attribute; empty when no message has one. */
  public Map<String, RoaringBitmap> values(PlannedAttribute attribute) {
    return attributes.getOrDefault(attribute, Map.of());
  }
}
