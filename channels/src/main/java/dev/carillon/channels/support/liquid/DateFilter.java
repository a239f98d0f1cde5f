package dev.carillon.channels.support.liquid;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.audience.Value;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Writes a date in a form. Whatever rules read as a date is one; a text that neither they nor the
 * library read as one fails, where the library would let it pass as it is.
 */
final class DateFilter extends Filter {
  static final String NAME = "date";

  private static final Set<String> CLOCK = Set.of("now", "today");

  private final Filter library;

  /**
   * @param library the library's filter of that name
   */
  DateFilter(Filter library) {
    super(NAME);
    this.library = library;
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object value, TemplateContext context, @Nullable Object... params) {
    if (!(value instanceof CharSequence text)) {
      return library.apply(value, context, params);
    }
    String written = text.toString().strip();
    Optional<Value.Date> date = DateText.parse(written);
    if (date.isPresent()) {
      return library.apply(at(date.get()), context, params);
    }
    Object formatted = library.apply(written, context, params);
    if (!CLOCK.contains(written) && written.contentEquals(String.valueOf(formatted))) {
      throw new LiquidFailure("a date is expected where there is another text");
    }
    return formatted;
  }

  private static ZonedDateTime at(Value.Date date) {
    return switch (date) {
      case Value.Day(var day) -> day.atStartOfDay(ZoneOffset.UTC);
      case Value.Moment(var time, var offset) ->
          time.atZone(offset == null ? ZoneOffset.UTC : offset);
    };
  }
}
