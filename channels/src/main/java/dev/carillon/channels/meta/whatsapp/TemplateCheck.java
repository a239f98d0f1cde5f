package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.ContentCheck.ContentProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the texts of a content that are not valid Liquid, and a header that is named otherwise than
 * the rest: a template has named places or numbered ones.
 */
final class TemplateCheck {
  private final LiquidTexts texts;
  private final List<ContentProblem> problems = new ArrayList<>();

  private TemplateCheck(LiquidTexts texts) {
    this.texts = texts;
  }

  static List<ContentProblem> problems(WhatsAppTemplate what, LiquidTexts texts) {
    TemplateCheck check = new TemplateCheck(texts);
    if (what.header() != null) {
      check.text("/template/header/value", what.header().value());
      check.name(what.header(), what.parameters());
    }
    for (int i = 0; i < what.parameters().size(); i++) {
      check.text("/template/parameters/" + i, what.parameters().get(i).text());
    }
    for (int i = 0; i < what.buttons().size(); i++) {
      check.text("/template/buttons/" + i + "/value", what.buttons().get(i).value());
    }
    return List.copyOf(check.problems);
  }

  private void name(WhatsAppTemplate.Header header, List<WhatsAppTemplate.Parameter> parameters) {
    if (header.type().equals("text") && !parameters.isEmpty()) {
      boolean named = parameters.getFirst().name() != null;
      if (named != (header.name() != null)) {
        problems.add(
            new ContentProblem(
                "/template/header/name",
                named
                    ? "The template's places have names, so name the place in the header too."
                    : "The template's places have no names, so the place in the header has none."));
      }
    }
  }

  private void text(String pointer, String source) {
    texts
        .problem(source)
        .ifPresent(
            problem ->
                problems.add(
                    new ContentProblem(
                        pointer,
                        "Line %d, column %d: %s."
                            .formatted(problem.line(), problem.column(), problem.words()))));
  }
}
