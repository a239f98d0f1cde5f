package dev.carillon.engine.port.ledger;

import java.util.Map;

/**
 * Numbers counted by SQL.
 *
 * @param counts by the names of the report's counts
 * @param suppressed by reason key
 * @param dispatchErrors by code
 * @param deliveryErrors by code
 * @param daily by ISO day, then by name: sent, delivered, viewed, clicked, replied (messages in the
 *     day of their earliest fact)
 * @param totals by name (clicked, botClicked, replied): distinct events; sharedConverted: sent
 *     messages with a goal event that counts for another campaign too; revenueNotANumber: goal
 *     events of both groups whose revenue property is there and no amount
 * @param revenueMicros of target and control, by those names, in millionths
 * @param variants by the variant's number, then by name; empty for single messages
 */
public record Recount(
    Map<String, Long> counts,
    Map<String, Long> suppressed,
    Map<String, Long> dispatchErrors,
    Map<String, Long> deliveryErrors,
    Map<String, Map<String, Long>> daily,
    Map<String, Long> totals,
    Map<String, Long> revenueMicros,
    Map<String, Map<String, Long>> variants) {}
