package dev.carillon.server.pages;

import dev.carillon.engine.channel.Connections.Connected;
import dev.carillon.engine.channel.PersonalisationException;
import dev.carillon.engine.channel.TemplateCatalog.Button;
import dev.carillon.engine.channel.TemplateCatalog.Piece;
import dev.carillon.engine.channel.TemplateCatalog.Template;
import dev.carillon.engine.channel.TextFill;
import dev.carillon.engine.port.PeopleStore.Person;
import dev.carillon.server.pages.TemplatePlace.Part;
import dev.carillon.server.pages.WhatForm.VariantForm;
import dev.carillon.server.pages.WizardPages.Bubble;
import dev.carillon.server.pages.WizardPages.Stretch;
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
    TextFill fill = through != null && through.provider() instanceof TextFill able ? able : null;
    return new MessagePreview(fill, person).bubble(title, variant, part);
  }

  private Bubble bubble(String title, VariantForm variant, TemplatePart part) {
    Template chosen = part.chosen();
    if (chosen == null) {
      List<Stretch> lines = new ArrayList<>();
      for (TemplatePlace place : variant.template().places()) {
        lines.add(new Stretch(filled(place.text()), true));
        lines.add(new Stretch("\n", false));
      }
      return new Bubble(title, null, List.of(), lines, "", List.of(), List.copyOf(failures));
    }
    boolean text = chosen.header() != null && chosen.header().type().equals("text");
    return new Bubble(
        title,
        chosen.header() == null || text ? null : chosen.header().type(),
        chosen.header() != null && text
            ? pieces(chosen.header().text(), Part.HEADER, part)
            : List.of(),
        pieces(chosen.body(), Part.BODY, part),
        chosen.footer(),
        chosen.buttons().stream()
            .map((Button button) -> button.text().isEmpty() ? "Copy code" : button.text())
            .toList(),
        List.copyOf(failures));
  }

  private List<Stretch> pieces(String text, Part part, TemplatePart template) {
    List<Stretch> shown = new ArrayList<>();
    for (Piece piece : Piece.of(text)) {
      @Nullable PlaceField field =
          template.fields().stream()
              .filter(one -> one.place().part() == part && one.name().equals(piece.place()))
              .findFirst()
              .orElse(null);
      String typed = field == null ? "" : field.place().text();
      shown.add(
          typed.isBlank()
              ? new Stretch(piece.text(), field != null)
              : new Stretch(filled(typed), true));
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
