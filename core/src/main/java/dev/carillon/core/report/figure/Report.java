package dev.carillon.core.report.figure;

import dev.carillon.core.figure.FigureSums;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every number of a campaign at one moment, under one filter. Component names are the names in
 * JSON. A null component is one that the channel or the campaign does not have: it is absent in
 * JSON, not null.
 *
 * @param campaign which campaign
 * @param asOf the moment up to which it is complete
 * @param counts the cards' numbers; they obey the identities of the metrics in every answer
 * @param rates percentages, unrounded, by name; a missing name is a rate that the channel does not
 *     have, a null value one with a zero denominator (null in JSON too)
 * @param trend what happened by day, week and month
 * @param conversion target against control; null without a goal
 * @param revenue revenue of target against control; null without a revenue property
 * @param funnels how far users came
 * @param uplift what other routes added; null on channels with one route
 * @param splits the same numbers by part
 * @param errors why messages were not sent or not delivered
 * @param figures what the ad platform reports beside, in none of the identities; null where there
 *     is none, or nothing was reported yet
 * @param freshness how complete the callbacks are
 */
public record Report(
    Heading campaign,
    Instant asOf,
    Counts counts,
    Map<String, @Nullable Double> rates,
    Trend trend,
    @Nullable Conversion conversion,
    @Nullable Revenue revenue,
    Funnels funnels,
    @Nullable Uplift uplift,
    Splits splits,
    Errors errors,
    @Nullable FigureSums figures,
    Freshness freshness) {

  /**
   * Which campaign a report is about.
   *
   * @param channel the channel's key
   * @param status the status' key
   */
  public record Heading(String id, String name, String channel, String status) {}

  /**
   * How complete the callbacks are.
   *
   * @param lastCallbackAt when the last callback came in; null before the first
   * @param outstandingPercent share of the sent messages of which neither delivery nor failure was
   *     heard; null when none was sent or the channel has no receipts
   */
  public record Freshness(@Nullable Instant lastCallbackAt, @Nullable Double outstandingPercent) {}
}
