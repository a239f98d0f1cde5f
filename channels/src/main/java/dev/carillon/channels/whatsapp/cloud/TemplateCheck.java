package dev.carillon.channels.whatsapp.cloud;

import dev.carillon.channels.liquid.LiquidTexts;
import dev.carillon.core.campaign.What;
import dev.carillon.engine.channel.ContentCheck.ContentProblem;
import java.util.ArrayList;
import java.util.List;

/** Finds the texts of a content that are not valid Liquid. */
final class TemplateCheck {
  private final LiquidTexts texts;
  private final List<ContentProblem> problems = new ArrayList<>();

  private TemplateCheck(LiquidTexts texts) {
    this.texts = texts;
  }

  static List<ContentProblem> problems(What.WhatsAppTemplate what, LiquidTexts texts) {
    TemplateCheck check = new TemplateCheck(texts);
    if (what.header() != null) {
      check.text("/template/header/value", what.header().value());
    }
    for (int i = 0; i < what.parameters().size(); i++) {
      check.text("/template/parameters/" + i, what.parameters().get(i).text());
    }
    for (int i = 0; i < what.buttons().size(); i++) {
      check.text("/template/buttons/" + i + "/value", what.buttons().get(i).value());
    }
    return List.copyOf(check.problems);
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
