package dev.carillon.channels.liquid;

import java.util.Collection;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for what is missing, false or empty, as Liquid defines it; the library's own filter
 * lets empty texts and lists pass. White space and invisible characters alone are empty.
 */
final class DefaultFilter extends Filter {
  static final String NAME = "default";

  DefaultFilter() {
    super(NAME);
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object value, TemplateContext context, @Nullable Object... params) {
    boolean empty =
        switch (value) {
          case null -> true;
          case Boolean flag -> !flag;
          case CharSequence text -> BlankText.is(text);
          case Collection<?> list -> list.isEmpty();
          default -> false;
        };
    return empty && params.length > 0 ? params[0] : value;
  }
}
