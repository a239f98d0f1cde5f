package dev.carillon.channels.support.liquid;

import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/** Replaces what is blank; the library's own filter keeps empty texts and lists. */
final class DefaultFilter extends Filter {
  static final String NAME = "default";

  DefaultFilter() {
    super(NAME);
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object value, TemplateContext context, @Nullable Object... params) {
    return params.length > 0 && Blank.is(value) ? params[0] : value;
  }
}
