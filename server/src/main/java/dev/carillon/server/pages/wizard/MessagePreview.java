package dev.carillon.server.pages.wizard;

import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import dev.carillon.engine.provider.TextFill;
import dev.carillon.server.pages.wizard.WhatForm.VariantForm;
import dev.carillon.server.pages.wizard.WizardPages.Bubble;
import dev.carillon.server.pages.wizard.WizardPages.Stretch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills a message, as it is being written, with somebody's data. For one thread. */
final class MessagePreview {
  private final @Nullable TextFill fill;
  private final @Nullable Person person;
  private final List<String> failures = new ArrayList<>();

  private MessagePreview(@Nullable TextFill fill, @Nullable Person person) {
    this.fill = fill;
    this.person = person;
  }

  /**
   * The message of a variant.
   *
   * @param title name of the variant; empty for a single message
   * @param part the variant's template, as it was picked or typed
   * @param person whose data fills it; null to show the texts as they were typed
   */
  static Bubble of(
      String title,
      VariantForm variant,
      TemplatePart part,
      @Nullable Connected through,
      @Nullable Person person) {
    TextFill fill = through == null ? null : through.provider().textFill().orElse(null);
    return new MessagePreview(fill, person).bubble(title, variant, part);
  }

  private Bubble bubble(String title, VariantForm variant, TemplatePart part) {
    Template chosen = part.chosen();
    if (chosen == null) {
      List<Stretch> lines = new ArrayList<>();
      for (TemplatePlaceholder place : variant.template().places()) {
        lines.add(new Stretch(filled(place.text()), true));
        lines.add(new Stretch("\n", false));
      }
      return new Bubble(title, null, List.of(), lines, "", List.of(), List.copyOf(failures));
    }
    return new Bubble(
        title,
        part.media(),
        pieces(part.header()),
        pieces(part.body()),
        chosen.footer(),
        part.buttons(),
        List.copyOf(failures));
  }

  private List<Stretch> pieces(List<TemplatePart.Stretch> stretches) {
    List<Stretch> shown = new ArrayList<>();
    for (TemplatePart.Stretch stretch : stretches) {
      shown.add(
          stretch.filled().isBlank()
              ? new Stretch(stretch.text(), stretch.field() != null)
              : new Stretch(filled(stretch.filled()), true));
    }
    return List.copyOf(shown);
  }

  private String filled(String text) {
    if (fill == null || person == null) {
      return text;
    }
    try {
      return fill.fill(text, person.properties());
    } catch (PersonalisationException reason) {
      failures.add(String.valueOf(reason.getMessage()));
      return text;
    }
  }
}
