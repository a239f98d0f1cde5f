package dev.carillon.core.channel.sheet;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the statistics of a channel are made of: one column of the table of metrics. Each channel
 * has its own class beside this one.
 *
 * @param cards the cards, in the order of the page
 * @param rates all rates, in the order of the JSON
 * @param measures the numbers that the channel has
 * @param trend the measures that the message trend shows
 * @param usersFunnel the stages of the users conversion funnel
 * @param influencedFunnel the stages of the influenced conversion funnel
 * @param receipts whether the provider reports delivery, so that delivery errors stand apart
 * @param uplift whether messages are seen by several routes
 * @param figures whether an ad platform reports figures beside the numbers
 * @param splits the planned attributes by which the numbers are split
 */
public record ChannelSheet(
    List<Card> cards,
    List<Rate> rates,
    Set<Measure> measures,
    List<Measure> trend,
    List<Stage> usersFunnel,
    List<Stage> influencedFunnel,
    boolean receipts,
    boolean uplift,
    boolean figures,
    Set<PlannedAttribute> splits) {

  public ChannelSheet {
    cards = List.copyOf(cards);
    rates = List.copyOf(rates);
    measures = Set.copyOf(measures);
    trend = List.copyOf(trend);
    usersFunnel = List.copyOf(usersFunnel);
    influencedFunnel = List.copyOf(influencedFunnel);
    splits = Collections.unmodifiableSet(EnumSet.copyOf(splits));
  }
}
