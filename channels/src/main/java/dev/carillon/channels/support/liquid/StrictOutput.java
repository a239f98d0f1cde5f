package dev.carillon.channels.support.liquid;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import liqp.TemplateContext;
import liqp.nodes.FilterNode;
import liqp.nodes.LNode;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text, {@code {{ … }}}, that must have something to show: a missing value fails
 * unless there is a default for it.
 *
 * @param name as written in the text, for the message
 * @param filters the filters in their order
 * @param lastDefault index of the last filter that is a default; -1 without one
 */
record StrictOutput(String name, LNode value, List<FilterNode> filters, int lastDefault)
    implements LNode {

  @Override
  public Object render(TemplateContext context) {
    if (context.getEnvironmentMap() instanceof RenderScope scope) {
      scope.step();
    }
    Object result = value.render(context);
    for (int i = 0; i < filters.size(); i++) {
      present(result, i);
      result = filters.get(i).apply(result, context);
    }
    return shown(present(result, filters.size()));
  }

  /** A value may be missing only as long as a default is still to come. */
  private @Nullable Object present(@Nullable Object result, int next) {
    if (result == null && next > lastDefault) {
      throw LiquidFailure.missing(name);
    }
    return result;
  }

  private Object shown(@Nullable Object result) {
    return switch (result) {
      case null -> throw LiquidFailure.missing(name);
      case BigDecimal number -> number.toPlainString();
      case Map<?, ?> _ -> throw new LiquidFailure(name + " is not a single value");
      default -> result;
    };
  }
}
