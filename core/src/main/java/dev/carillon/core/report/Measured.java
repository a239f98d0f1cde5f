package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Fraction;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Measure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The measures of a selection that its channel has: the numbers and their rates. */
record Measured(Selection selection, ChannelSheet sheet) {

  Counts counts() {
    return counts(sheet.measures());
  }

  /** The numbers of these measures, those left out that the channel does not have. */
  Counts counts(Set<Measure> wanted) {
    Map<Measure, Long> numbers = new EnumMap<>(Measure.class);
    for (Measure measure : wanted) {
      if (sheet.measures().contains(measure)) {
        numbers.put(measure, selection.number(measure));
      }
    }
    return new Counts(numbers);
  }

  Map<String, @Nullable Double> rates(Counts counts) {
    return Fraction.percentages(
        Fraction.of(sheet, counts, measure -> selection.users(measure.set(selection.sets()))));
  }
}
