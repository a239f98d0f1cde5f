package dev.carillon.core.report;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.report.figure.Report;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a report needs to know of a campaign beside its ledger.
 *
 * @param heading its name and status
 * @param channel the channel, which settles what there is to show
 * @param linksTracked whether its messages carry tracked links
 * @param window the conversion window; null without a goal
 * @param revenue whether the goal has a revenue property
 * @param currency the account's currency, ISO 4217
 * @param weekStart the day on which weeks begin
 * @param controlShare the share of users held out, 0 to 1, both excluded; 0 without control group
 * @param windowClosed whether no conversion can come in any more, but for late events
 * @param errors what a provider's code means
 */
public record CampaignTerms(
    Report.Heading heading,
    Channel channel,
    boolean linksTracked,
    @Nullable Duration window,
    boolean revenue,
    String currency,
    DayOfWeek weekStart,
    double controlShare,
    boolean windowClosed,
    Function<String, Explanation> errors) {

  /**
   * What an error code means.
   *
   * @param errorClass what it concerns
   * @param words what happened, in a sentence
   * @param action who must act and how, in a sentence
   */
  public record Explanation(ErrorClass errorClass, String words, String action) {}
}
