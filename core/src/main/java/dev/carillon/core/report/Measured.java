package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.ledger.EventLayers;
import dev.carillon.core.ledger.Events;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Fraction;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Measure;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The measures of a selection: which set each is the size of, the numbers, and their rates. */
record Measured(Selection selection, ChannelSheet sheet) {

  /** The messages that a measure counts, or counts the users or events of; not to be changed. */
  static RoaringBitmap set(DerivedSets sets, Measure measure) {
    return switch (measure) {
      case PLANNED, QUALIFIED -> sets.planned();
      case CONTROL -> sets.control();
      case CONTROL_SUPPRESSED -> sets.controlSuppressed();
      case SUPPRESSED -> sets.suppressedMessages();
      case DISPATCH_ERRORS -> sets.refused();
      case UNCERTAIN -> sets.uncertain();
      case PENDING -> sets.pending();
      case SENT -> sets.sent().all();
      case DELIVERED -> sets.delivered().all();
      case DELIVERED_IMPLIED -> sets.deliveredImplied();
      case DELIVERY_ERRORS -> sets.failed();
      case UNKNOWN -> sets.unknown();
      case VIEWED -> sets.viewed().all();
      case CLICKED -> sets.clicked().all();
      case BOT_CLICKED -> sets.botClicked().all();
      case REPLIED -> sets.replied().all();
      case CONVERTED -> sets.converted().all();
      case VIEW_CONVERTED -> sets.viewConverted();
      case CLICK_CONVERTED -> sets.clickConverted();
    };
  }

  Counts counts() {
    return new Counts(
        number(Measure.PLANNED),
        number(Measure.QUALIFIED),
        number(Measure.CONTROL),
        number(Measure.CONTROL_SUPPRESSED),
        number(Measure.SUPPRESSED),
        number(Measure.DISPATCH_ERRORS),
        number(Measure.UNCERTAIN),
        number(Measure.PENDING),
        number(Measure.SENT),
        numberIfAny(Measure.DELIVERED),
        numberIfAny(Measure.DELIVERED_IMPLIED),
        numberIfAny(Measure.DELIVERY_ERRORS),
        numberIfAny(Measure.UNKNOWN),
        numberIfAny(Measure.VIEWED),
        numberIfAny(Measure.CLICKED),
        numberIfAny(Measure.BOT_CLICKED),
        numberIfAny(Measure.REPLIED),
        number(Measure.CONVERTED),
        numberIfAny(Measure.VIEW_CONVERTED),
        numberIfAny(Measure.CLICK_CONVERTED));
  }

  Map<String, @Nullable Double> rates(Counts counts) {
    return Fraction.percentages(
        Fraction.of(sheet, counts, measure -> selection.users(set(selection.sets(), measure))));
  }

  private @Nullable Long numberIfAny(Measure measure) {
    return sheet.measures().contains(measure) ? number(measure) : null;
  }

  private EventLayers layers(Measure measure) {
    Events events = selection.sets().events();
    return switch (measure) {
      case CLICKED -> events.clicks();
      case BOT_CLICKED -> events.botClicks();
      case REPLIED -> events.replies();
      case PLANNED,
          QUALIFIED,
          CONTROL,
          CONTROL_SUPPRESSED,
          SUPPRESSED,
          DISPATCH_ERRORS,
          UNCERTAIN,
          PENDING,
          SENT,
          DELIVERED,
          DELIVERED_IMPLIED,
          DELIVERY_ERRORS,
          UNKNOWN,
          VIEWED,
          CONVERTED,
          VIEW_CONVERTED,
          CLICK_CONVERTED ->
          throw new IllegalArgumentException(measure + " is not of events");
    };
  }

  private long number(Measure measure) {
    RoaringBitmap set = set(selection.sets(), measure);
    return switch (measure.unit()) {
      case MESSAGES -> selection.count(set);
      case USERS -> selection.users(set);
      case EVENTS -> selection.events(set, layers(measure));
    };
  }
}
