package dev.carillon.core.report.figure;

import dev.carillon.core.Channel;
import dev.carillon.core.report.figure.Card.Rate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics of a channel are made of: the table of the metrics, one column a channel. A
 * new channel is a new sheet.
 *
 * @param channel the channel
 * @param cards the cards, in the order of the page
 * @param rates all rates, in the order of the JSON
 * @param measures the numbers that the channel has
 * @param trend the lines of the message trend
 * @param usersFunnel the stages of the users conversion funnel
 * @param influencedFunnel the stages of the influenced conversion funnel
 * @param receipts whether the provider reports delivery, so that delivery errors stand apart
 * @param uplift whether messages are seen by several routes
 * @param splitByDevice whether messages go to devices
 * @param splitByAd whether ads stand behind it
 */
public record ChannelSheet(
    Channel channel,
    List<Card> cards,
    List<Rate> rates,
    Set<Measure> measures,
    List<TrendLine> trend,
    List<Stage> usersFunnel,
    List<Stage> influencedFunnel,
    boolean receipts,
    boolean uplift,
    boolean splitByDevice,
    boolean splitByAd) {
  private static final Rate DELIVERED =
      new Rate("delivered", "Delivered rate", Measure.DELIVERED, Measure.SENT);
  private static final Rate VIEWED = new Rate("viewed", "View rate", Measure.VIEWED, Measure.SENT);
  private static final Rate CLICKED =
      new Rate("clicked", "Click rate", Measure.CLICKED, Measure.SENT);
  private static final Rate CTR_OF_VIEWED = new Rate("ctr", "CTR", Measure.CLICKED, Measure.VIEWED);
  private static final Rate CTR_OF_SENT = new Rate("ctr", "CTR", Measure.CLICKED, Measure.SENT);
  private static final Rate CONVERTED =
      new Rate("converted", "Conversion rate", Measure.CONVERTED, Measure.SENT);
  private static final Rate VIEW_THROUGH =
      new Rate("viewThrough", "View-through", Measure.VIEW_CONVERTED, Measure.SENT);
  private static final Rate CLICK_THROUGH =
      new Rate("clickThrough", "Click-through", Measure.CLICK_CONVERTED, Measure.SENT);

  public ChannelSheet {
    cards = List.copyOf(cards);
    rates = List.copyOf(rates);
    measures = Set.copyOf(measures);
    trend = List.copyOf(trend);
    usersFunnel = List.copyOf(usersFunnel);
    influencedFunnel = List.copyOf(influencedFunnel);
  }

  /**
   * The sheet of a channel.
   *
   * @param linksTracked whether the messages carry tracked links, on a channel where they need not
   */
  public static ChannelSheet of(Channel channel, boolean linksTracked) {
    return switch (channel) {
      case WHATSAPP -> whatsApp(linksTracked);
      case SMS -> sms();
      case PUSH -> push();
      case FACEBOOK -> facebook();
    };
  }

  private static ChannelSheet whatsApp(boolean clicks) {
    Draft draft = new Draft();
    draft.card(Measure.QUALIFIED, "Qualified", null);
    draft.card(Measure.CONTROL, "Control group", null);
    draft.card(Measure.SENT, "Sent", null);
    draft.card(Measure.DELIVERED, "Delivered", DELIVERED);
    draft.card(Measure.VIEWED, "Viewed", VIEWED);
    if (clicks) {
      draft.card(Measure.CLICKED, "Clicks", CLICKED);
      draft.rate(new Rate("ctr", "CTR", Measure.CLICKED, Measure.VIEWED));
    }
    draft.card(Measure.REPLIED, "Replied", null);
    draft.card(Measure.CONVERTED, "Converted users", CONVERTED);
    draft.card(Measure.VIEW_CONVERTED, "View-through conversions", VIEW_THROUGH);
    if (clicks) {
      draft.card(Measure.CLICK_CONVERTED, "Click-through conversions", CLICK_THROUGH);
    }
    draft.card(Measure.DISPATCH_ERRORS, "Dispatch errors", null);
    draft.card(Measure.DELIVERY_ERRORS, "Delivery errors", null);
    return new ChannelSheet(
        Channel.WHATSAPP,
        draft.cards,
        draft.rates,
        draft.measures(true, clicks),
        clicks
            ? List.of(TrendLine.values())
            : List.of(TrendLine.SENT, TrendLine.DELIVERED, TrendLine.VIEWED, TrendLine.REPLIED),
        List.of(Stage.SENT, Stage.DELIVERED, Stage.VIEWED, Stage.CONVERTED),
        List.of(Stage.SENT, Stage.CONVERTED),
        true,
        false,
        false,
        false);
  }

  private static ChannelSheet sms() {
    Draft draft = new Draft();
    draft.card(Measure.QUALIFIED, "Qualified", null);
    draft.card(Measure.CONTROL, "Control group", null);
    draft.card(Measure.SENT, "Sent", null);
    draft.card(Measure.DELIVERED, "Delivered", DELIVERED);
    draft.card(Measure.CLICKED, "Clicks", CLICKED);
    draft.rate(CTR_OF_SENT);
    draft.card(Measure.REPLIED, "Replied", null);
    draft.card(Measure.CONVERTED, "Converted users", CONVERTED);
    draft.card(Measure.CLICK_CONVERTED, "Click-through conversions", CLICK_THROUGH);
    draft.card(Measure.DISPATCH_ERRORS, "Dispatch errors", null);
    draft.card(Measure.DELIVERY_ERRORS, "Delivery errors", null);
    return new ChannelSheet(
        Channel.SMS,
        draft.cards,
        draft.rates,
        draft.measures(true, true),
        List.of(TrendLine.SENT, TrendLine.DELIVERED, TrendLine.CLICKED),
        List.of(Stage.SENT, Stage.DELIVERED, Stage.CLICKED, Stage.CONVERTED),
        List.of(Stage.SENT, Stage.CONVERTED),
        true,
        false,
        false,
        false);
  }

  private static ChannelSheet push() {
    Draft draft = new Draft();
    draft.card(Measure.QUALIFIED, "Qualified", null);
    draft.card(Measure.CONTROL, "Control group", null);
    draft.card(Measure.SENT, "Sent", null);
    draft.card(Measure.VIEWED, "Impressions", VIEWED);
    draft.card(Measure.CLICKED, "Clicks", CLICKED);
    draft.rate(CTR_OF_VIEWED);
    draft.card(Measure.CONVERTED, "Converted users", CONVERTED);
    draft.card(Measure.VIEW_CONVERTED, "View-through conversions", VIEW_THROUGH);
    draft.card(Measure.CLICK_CONVERTED, "Click-through conversions", CLICK_THROUGH);
    draft.card(Measure.DISPATCH_ERRORS, "Dispatch errors", null);
    return new ChannelSheet(
        Channel.PUSH,
        draft.cards,
        draft.rates,
        draft.measures(false, true),
        List.of(TrendLine.SENT, TrendLine.VIEWED, TrendLine.CLICKED),
        List.of(Stage.SENT, Stage.VIEWED, Stage.CLICKED, Stage.CONVERTED),
        List.of(Stage.SENT, Stage.VIEWED, Stage.CONVERTED),
        false,
        true,
        true,
        false);
  }

  private static ChannelSheet facebook() {
    Draft draft = new Draft();
    draft.card(Measure.QUALIFIED, "Qualified", null);
    draft.card(Measure.SENT, "Sent", null);
    draft.card(Measure.DISPATCH_ERRORS, "Invalid entries", null);
    return new ChannelSheet(
        Channel.FACEBOOK,
        draft.cards,
        draft.rates,
        draft.measures(false, false),
        List.of(TrendLine.SENT),
        List.of(),
        List.of(),
        false,
        false,
        false,
        true);
  }

  /** Cards and rates as they are put together. */
  private static final class Draft {
    final List<Card> cards = new ArrayList<>();
    final List<Rate> rates = new ArrayList<>();

    void card(Measure measure, String title, @Nullable Rate rate) {
      cards.add(new Card(measure, title, rate));
      if (rate != null) {
        rates.add(rate);
      }
    }

    /** A rate that stands on no card of its own. */
    void rate(Rate rate) {
      rates.add(rate);
    }

    /** What stands on cards, what the waterfall needs, and what those imply. */
    Set<Measure> measures(boolean receipts, boolean clicks) {
      EnumSet<Measure> measures =
          EnumSet.of(
              Measure.PLANNED,
              Measure.CONTROL,
              Measure.CONTROL_SUPPRESSED,
              Measure.SUPPRESSED,
              Measure.UNCERTAIN,
              Measure.PENDING,
              Measure.CONVERTED);
      cards.forEach(card -> measures.add(card.measure()));
      if (receipts) {
        measures.addAll(EnumSet.of(Measure.DELIVERED_IMPLIED, Measure.UNKNOWN));
      }
      if (clicks) {
        measures.add(Measure.BOT_CLICKED);
      }
      return measures;
    }
  }
}
