package dev.carillon.core.report.figure;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.report.measure.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A measure that trends show: how it is put into days, and where a bucket has its number. */
public enum TrendLine {
  SENT(Measure.SENT) {
    @Override
    public NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets) {
      return selection.byDay(sets.sent());
    }

    @Override
    public @Nullable Long of(Trend.Bucket bucket) {
      return bucket.sent();
    }
  },
  DELIVERED(Measure.DELIVERED) {
    @Override
    public NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets) {
      return selection.byDay(sets.delivered());
    }

    @Override
    public @Nullable Long of(Trend.Bucket bucket) {
      return bucket.delivered();
    }
  },
  VIEWED(Measure.VIEWED) {
    @Override
    public NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets) {
      return selection.byDay(sets.viewed());
    }

    @Override
    public @Nullable Long of(Trend.Bucket bucket) {
      return bucket.viewed();
    }
  },
  CLICKED(Measure.CLICKED) {
    @Override
    public NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets) {
      return selection.byDay(sets.clicked(), sets.events().clicks());
    }

    @Override
    public @Nullable Long of(Trend.Bucket bucket) {
      return bucket.clicked();
    }
  },
  REPLIED(Measure.REPLIED) {
    @Override
    public NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets) {
      return selection.byDay(sets.replied(), sets.events().replies());
    }

    @Override
    public @Nullable Long of(Trend.Bucket bucket) {
      return bucket.replied();
    }
  };

  private final Measure measure;

  TrendLine(Measure measure) {
    this.measure = measure;
  }

  public Measure measure() {
    return measure;
  }

  /** The line of a measure; empty when trends do not show it. */
  public static Optional<TrendLine> of(Measure measure) {
    return Arrays.stream(values()).filter(line -> line.measure == measure).findFirst();
  }

  /** The lines that a channel's trend shows, in its order. */
  public static List<TrendLine> of(ChannelSheet sheet) {
    return sheet.trend().stream().map(measure -> of(measure).orElseThrow()).toList();
  }

  /** How many there were on each day, as the selection counts. */
  public abstract NavigableMap<Integer, Long> byDay(Selection selection, DerivedSets sets);

  /** The bucket's number; null when the channel does not have it. */
  public abstract @Nullable Long of(Trend.Bucket bucket);
}
