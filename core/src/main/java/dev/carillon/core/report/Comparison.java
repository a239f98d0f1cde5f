package dev.carillon.core.report;

import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.ledger.RevenueSums;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Revenue;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.statistics.ConversionLift;
import dev.carillon.core.statistics.Estimate;
import dev.carillon.core.statistics.Moments;
import dev.carillon.core.statistics.Proportion;
import dev.carillon.core.statistics.RevenueLift;
import dev.carillon.core.statistics.SampleRatio;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Sets those who got the message against those held out. A variant is compared with the whole
 * control group: its users would have been drawn into a variant, and are in none.
 *
 * @param conversion null without a goal
 * @param revenue null without a revenue property
 */
record Comparison(@Nullable Conversion conversion, @Nullable Revenue revenue) {
  private static final Comparison NONE = new Comparison(null, null);

  static Comparison of(CampaignTerms terms, ReportFilter filter, Selection target) {
    if (terms.window() == null) {
      return NONE;
    }
    Selection control =
        filter.value(PlannedAttribute.VARIANT) == null
            ? target
            : Selection.of(target.sets(), filter.of(PlannedAttribute.VARIANT, null));
    Groups groups = new Groups(target, control);
    ConversionLift lift =
        ConversionLift.of(
            groups.target(), groups.control(), groups.split(terms, filter), terms.windowClosed());
    Conversion conversion =
        new Conversion(
            group(lift.target()),
            group(lift.control()),
            target.users(target.sets().sharedConverted()),
            lift(lift),
            groups.overTime(lift));
    return new Comparison(
        conversion, terms.revenue() ? revenue(groups, lift, terms.currency()) : null);
  }

  private static Conversion.Group group(Proportion group) {
    return new Conversion.Group(
        group.total(), group.successes(), Rate.percent(group.successes(), group.total()));
  }

  private static Conversion.Lift lift(ConversionLift lift) {
    return new Conversion.Lift(
        value(lift.percent()),
        low(lift.percent()),
        high(lift.percent()),
        value(lift.points()),
        low(lift.points()),
        high(lift.points()),
        lift.confidence(),
        lift.method().key(),
        lift.verdict().key(),
        lift.sentence());
  }

  private static Revenue revenue(Groups groups, ConversionLift conversion, String currency) {
    RevenueLift lift = RevenueLift.of(groups.revenue(), groups.controlRevenue(), conversion);
    return new Revenue(
        currency,
        new Revenue.Group(plain(lift.target().sum()), lift.target().perUser()),
        new Revenue.Group(plain(lift.control().sum()), lift.control().perUser()),
        value(lift.incremental()),
        value(lift.boostPercent()),
        low(lift.incremental()),
        high(lift.incremental()),
        low(lift.boostPercent()),
        high(lift.boostPercent()),
        lift.confidence(),
        lift.method().key(),
        lift.verdict().key(),
        lift.sentence(currency),
        groups.notANumber());
  }

  /** An amount without an exponent, so that equal amounts look equal. */
  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static @Nullable Double value(@Nullable Estimate estimate) {
    return estimate == null ? null : estimate.value();
  }

  private static @Nullable Double low(@Nullable Estimate estimate) {
    return estimate == null ? null : estimate.low();
  }

  private static @Nullable Double high(@Nullable Estimate estimate) {
    return estimate == null ? null : estimate.high();
  }

  /** The two groups under a filter. */
  private record Groups(Selection targetSelection, Selection controlSelection) {
    DerivedSets sets() {
      return targetSelection.sets();
    }

    Proportion target() {
      return new Proportion(
          targetSelection.users(sets().converted().all()),
          targetSelection.users(sets().sent().all()));
    }

    Proportion control() {
      return new Proportion(
          controlSelection.users(sets().controlConverted().all()),
          controlSelection.users(sets().comparableControl()));
    }

    Moments revenue() {
      return moments(sets().revenue(), targetSelection, target().total());
    }

    Moments controlRevenue() {
      return moments(sets().controlRevenue(), controlSelection, control().total());
    }

    long notANumber() {
      return sets().revenue().sum(targetSelection.selected()).notANumber()
          + sets().controlRevenue().sum(controlSelection.selected()).notANumber();
    }

    private static Moments moments(RevenueSums sums, Selection selection, long users) {
      RevenueSums.Sum sum = sums.sum(selection.selected());
      return new Moments(users, sum.amount(), sum.squares());
    }

    /**
     * Whether the groups have the planned sizes, both taken before anything but suppression could
     * lessen them. A filter by variant or day cuts the groups along other lines than the plan's.
     */
    SampleRatio split(CampaignTerms terms, ReportFilter filter) {
      if (terms.controlShare() <= 0
          || filter.value(PlannedAttribute.VARIANT) != null
          || filter.from() != null
          || filter.to() != null) {
        return SampleRatio.NOT_TESTED;
      }
      return SampleRatio.of(
          targetSelection.users(RoaringBitmap.andNot(sets().target(), sets().suppressedMessages())),
          controlSelection.users(
              RoaringBitmap.andNot(sets().control(), sets().controlSuppressed())),
          terms.controlShare());
    }

    List<Conversion.Day> overTime(ConversionLift end) {
      NavigableMap<Integer, Long> sent = targetSelection.usersByDay(sets().sent());
      NavigableMap<Integer, Long> held = controlSelection.usersByDay(sets().ghostSent());
      NavigableMap<Integer, Long> converted = targetSelection.usersByDay(sets().converted());
      NavigableMap<Integer, Long> heldConverted =
          controlSelection.usersByDay(sets().controlConverted());
      NavigableSet<Integer> days = new TreeSet<>();
      for (NavigableMap<Integer, Long> counts : List.of(sent, held, converted, heldConverted)) {
        counts.forEach(
            (day, count) -> {
              if (count > 0) {
                days.add(day);
              }
            });
      }
      boolean comparable = end.points() != null;
      Growing targets = new Growing();
      Growing controls = new Growing();
      List<Conversion.Day> overTime = new ArrayList<>();
      for (int day : days) {
        Proportion target = targets.until(day, sent, converted);
        Proportion control = controls.until(day, held, heldConverted);
        Estimate points =
            comparable
                ? ConversionLift.of(target, control, SampleRatio.NOT_TESTED, false).points()
                : null;
        overTime.add(
            new Conversion.Day(
                LocalDate.ofEpochDay(day),
                group(target),
                group(control),
                value(points),
                low(points),
                high(points)));
      }
      return overTime;
    }
  }

  /** A group that grows day by day. */
  private static final class Growing {
    private long users;
    private long converted;

    Proportion until(
        int day, NavigableMap<Integer, Long> newUsers, NavigableMap<Integer, Long> newConverted) {
      users += newUsers.getOrDefault(day, 0L);
      converted += newConverted.getOrDefault(day, 0L);
      // A goal event can be a day ahead of its send where the source's clock is.
      return new Proportion(Math.min(users, converted), users);
    }
  }
}
