package dev.carillon.channels.support.liquid;

import liqp.LValue;
import liqp.TemplateContext;
import liqp.nodes.AtomNode;
import liqp.nodes.EqNode;
import liqp.nodes.LNode;
import liqp.nodes.NEqNode;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons {@code ==} and {@code !=}. Whatever is blank equals the word {@code blank}, which
 * for the library is a value that equals only itself.
 *
 * @param equal whether it asks for equal values, else for different ones
 */
record Equality(LNode left, LNode right, boolean equal) implements LNode {

  @Override
  public Object render(TemplateContext context) {
    Object one = left.render(context);
    Object other = right.render(context);
    if (Blank.isWord(one) || Blank.isWord(other)) {
      return (Blank.is(one) && Blank.is(other)) == equal;
    }
    LNode first = new AtomNode(one);
    LNode second = new AtomNode(other);
    return (equal ? new EqNode(first, second) : new NEqNode(first, second)).render(context);
  }

  /** Whether a {@code case} with the one value takes the branch of the other. */
  static boolean chooses(@Nullable Object one, @Nullable Object other) {
    return Blank.isWord(other) ? Blank.is(one) : LValue.areEqual(one, other);
  }
}
