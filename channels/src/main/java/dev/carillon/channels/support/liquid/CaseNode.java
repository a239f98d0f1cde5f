package dev.carillon.channels.support.liquid;

import java.util.List;
import liqp.TemplateContext;
import liqp.nodes.LNode;
import org.jspecify.annotations.Nullable;

/**
 * The tag {@code case}, which compares as {@link Equality} does.
 *
 * @param branches the first with an equal value is taken
 * @param otherwise taken when there is none; null without {@code else}
 */
record CaseNode(LNode value, List<Branch> branches, @Nullable LNode otherwise) implements LNode {

  /** The tag {@code when}. */
  record Branch(List<LNode> values, LNode block) {}

  @Override
  public @Nullable Object render(TemplateContext context) {
    Object compared = value.render(context);
    for (Branch branch : branches) {
      for (LNode candidate : branch.values()) {
        if (Equality.chooses(compared, candidate.render(context))) {
          return branch.block().render(context);
        }
      }
    }
    return otherwise == null ? null : otherwise.render(context);
  }
}
