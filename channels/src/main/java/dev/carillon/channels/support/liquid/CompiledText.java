package dev.carillon.channels.support.liquid;

import dev.carillon.engine.provider.PersonalisationException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.ExceededMaxIterationsException;
import liqp.exceptions.LiquidException;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liqp.parser.Flavor;
import org.jspecify.annotations.Nullable;

/** A text that has been parsed: filled many times, by many threads at once. */
final class CompiledText {
  private static final int MOST_ITERATIONS = 1_000;
  private static final int LONGEST_RESULT = 16_384;
  private static final TemplateParser PARSER =
      new TemplateParser.Builder()
          .withFlavor(Flavor.LIQUID)
          .withStrictTypedExpressions(false)
          .withMaxIterations(MOST_ITERATIONS)
          .withMaxSizeRenderedString(LONGEST_RESULT)
          .withDefaultTimeZone(ZoneOffset.UTC)
          .build();

  private final @Nullable String literal;
  private final @Nullable ParseTree tree;

  /** The library's nodes remember their last index, so two threads must not share them. */
  private final Queue<LNode> idle = new ConcurrentLinkedQueue<>();

  private CompiledText(@Nullable String literal, @Nullable ParseTree tree) {
    this.literal = literal;
    this.tree = tree;
  }

  /**
   * Parses a text.
   *
   * @throws LiquidException when it is broken, with the place
   */
  static CompiledText of(String source) {
    if (!source.contains("{{") && !source.contains("{%")) {
      return new CompiledText(source, null);
    }
    CompiledText text = new CompiledText(null, PARSER.parse(source).getParseTree());
    text.idle.add(text.nodes());
    return text;
  }

  String fill(LiquidPerson person) throws PersonalisationException {
    if (literal != null) {
      return literal;
    }
    person.load();
    LNode nodes = idle.poll();
    if (nodes == null) {
      nodes = nodes();
    }
    try {
      return String.valueOf(nodes.render(new Scoped(new RenderScope(person))));
    } catch (RuntimeException e) {
      throw new PersonalisationException(words(e));
    } finally {
      idle.add(nodes);
    }
  }

  private LNode nodes() {
    return new StrictVisitor().visit(tree);
  }

  /** Only our own words: the library's may quote the person's data. */
  private static String words(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LiquidFailure) {
        return String.valueOf(cause.getMessage());
      }
      if (cause instanceof ExceededMaxIterationsException) {
        return "the text repeats more than " + MOST_ITERATIONS + " times";
      }
    }
    return "the text does not work with this person's properties";
  }

  /** The library's context, with the person in place of its environment. */
  private static final class Scoped extends TemplateContext {
    private final RenderScope scope;

    Scoped(RenderScope scope) {
      super(PARSER, Map.of());
      this.scope = scope;
    }

    @Override
    public Map<String, @Nullable Object> getEnvironmentMap() {
      return scope;
    }
  }
}
