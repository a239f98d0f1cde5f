package dev.carillon.channels.support.liquid;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the library within bounds: neither hostile properties nor a careless text can make it
 * take much time or memory.
 */
final class BoundedFilter extends Filter {
  private static final int LONGEST_TEXT = 8_192;
  private static final int LONGEST_LIST = 1_000;
  private static final int MOST_DIGITS = 60;
  private static final int LONGEST_NUMBER = 24;
  private static final int LARGEST_REPLACEMENT = 1_000_000;

  /** Filters that turn text into numbers, where a few characters can mean a billion digits. */
  private static final Set<String> ARITHMETIC =
      Set.of(
          "abs",
          "at_least",
          "at_most",
          "ceil",
          "divided_by",
          "floor",
          "minus",
          "modulo",
          "plus",
          "round",
          "times");

  private final Filter filter;
  private final boolean arithmetic;

  BoundedFilter(Filter filter) {
    super(filter.getName());
    this.filter = filter;
    this.arithmetic = ARITHMETIC.contains(filter.getName());
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object value, TemplateContext context, @Nullable Object... params) {
    if (context.getEnvironmentMap() instanceof RenderScope scope) {
      scope.step();
    }
    checkInput(value, params);
    Object result = filter.apply(value, context, params);
    checkResult(result);
    return result;
  }

  private void checkInput(@Nullable Object value, @Nullable Object... params) {
    long length = length(value);
    for (Object param : params) {
      if (length * length(param) > LARGEST_REPLACEMENT) {
        throw tooLarge();
      }
      if (arithmetic) {
        checkNumber(param);
        if (name.equals("round") && param instanceof Number places && places.longValue() > 30) {
          throw tooLarge();
        }
      }
    }
    if (arithmetic) {
      checkNumber(value);
    }
  }

  private static void checkNumber(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      if (text.length() > LONGEST_NUMBER) {
        throw new LiquidFailure("a number is expected where there is a text");
      }
      if (text.chars().anyMatch(Character::isLetter)) {
        throw new LiquidFailure("a number is expected where there is a text");
      }
    }
  }

  private void checkResult(@Nullable Object result) {
    boolean fits =
        switch (result) {
          case CharSequence text -> text.length() <= LONGEST_TEXT;
          case Collection<?> list -> list.size() <= LONGEST_LIST;
          case Object[] list -> list.length <= LONGEST_LIST;
          case BigDecimal number ->
              number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
          case null, default -> true;
        };
    if (!fits) {
      throw tooLarge();
    }
  }

  private LiquidFailure tooLarge() {
    return new LiquidFailure("the result of " + name + " is too large");
  }

  private static long length(@Nullable Object value) {
    return value instanceof CharSequence text ? text.length() : 1;
  }
}
