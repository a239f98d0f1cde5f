package dev.carillon.core.channel.sheet;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Card;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts a channel's sheet together. What is not said, the channel does not have. */
final class SheetBuilder {
  static final Rate DELIVERED =
      new Rate("delivered", "Delivered rate", Measure.DELIVERED, Measure.SENT);
  static final Rate VIEWED = new Rate("viewed", "View rate", Measure.VIEWED, Measure.SENT);
  static final Rate CLICKED = new Rate("clicked", "Click rate", Measure.CLICKED, Measure.SENT);
  static final Rate CTR_OF_VIEWED = new Rate(Rate.CTR, "CTR", Measure.CLICKED, Measure.VIEWED);
  static final Rate CTR_OF_SENT = new Rate(Rate.CTR, "CTR", Measure.CLICKED, Measure.SENT);
  static final Rate CONVERTED =
      new Rate("converted", "Conversion rate", Measure.CONVERTED, Measure.SENT);
  static final Rate VIEW_THROUGH =
      new Rate("viewThrough", "View-through", Measure.VIEW_CONVERTED, Measure.SENT);
  static final Rate CLICK_THROUGH =
      new Rate("clickThrough", "Click-through", Measure.CLICK_CONVERTED, Measure.SENT);

  private final List<Card> cards = new ArrayList<>();
  private final List<Rate> rates = new ArrayList<>();
  private List<Measure> trend = List.of();
  private List<Stage> usersFunnel = List.of();
  private List<Stage> influencedFunnel = List.of();
  private boolean receipts;
  private boolean clicks;
  private boolean uplift;
  private boolean figures;
  private final Set<PlannedAttribute> splits = EnumSet.of(PlannedAttribute.VARIANT);

  SheetBuilder card(Measure measure, String title) {
    return card(measure, title, null);
  }

  SheetBuilder card(Measure measure, String title, @Nullable Rate rate) {
    cards.add(new Card(measure, title, rate));
    return rate == null ? this : rate(rate);
  }

  /** A rate that stands on no card of its own. */
  SheetBuilder rate(Rate rate) {
    rates.add(rate);
    return this;
  }

  SheetBuilder trend(Measure... measures) {
    trend = List.of(measures);
    return this;
  }

  SheetBuilder usersFunnel(Stage... stages) {
    usersFunnel = List.of(stages);
    return this;
  }

  SheetBuilder influencedFunnel(Stage... stages) {
    influencedFunnel = List.of(stages);
    return this;
  }

  /** The provider reports delivery. */
  SheetBuilder receipts() {
    receipts = true;
    return this;
  }

  /** Clicks are counted, so those of bots are told apart. */
  SheetBuilder clicks() {
    clicks = true;
    return this;
  }

  /** Messages are seen by several routes. */
  SheetBuilder uplift() {
    uplift = true;
    return this;
  }

  /** An ad platform reports figures beside the numbers. */
  SheetBuilder figures() {
    figures = true;
    return this;
  }

  /** Its numbers are split by these attributes; those of every channel by variant. */
  SheetBuilder splitBy(PlannedAttribute... attributes) {
    splits.addAll(List.of(attributes));
    return this;
  }

  ChannelSheet build() {
    return new ChannelSheet(
        cards,
        rates,
        measures(),
        trend,
        usersFunnel,
        influencedFunnel,
        receipts,
        uplift,
        figures,
        splits);
  }

  /** What stands on cards, what the waterfall needs, and what those imply. */
  private Set<Measure> measures() {
    EnumSet<Measure> measures =
        EnumSet.of(
            Measure.PLANNED,
            Measure.QUALIFIED,
            Measure.CONTROL,
            Measure.CONTROL_SUPPRESSED,
            Measure.SUPPRESSED,
            Measure.DISPATCH_ERRORS,
            Measure.UNCERTAIN,
            Measure.PENDING,
            Measure.SENT,
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
