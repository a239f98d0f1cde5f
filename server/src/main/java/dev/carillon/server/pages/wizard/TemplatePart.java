package dev.carillon.server.pages.wizard;

import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Listing;
import dev.carillon.engine.provider.TemplateCatalog.Piece;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a campaign's form in which its template is picked and filled, or typed where it
 * cannot be picked.
 *
 * @param form what the fields hold
 * @param options the templates to choose from; empty when the provider was not or cannot be asked
 * @param chosen the template that was picked; null when none was, or it is typed
 * @param note why something cannot be picked; null when there is nothing to say
 * @param fields a field for each place that has one
 * @param problems what is wrong, by field
 */
public record TemplatePart(
    TemplateForm form,
    List<Option> options,
    @Nullable Template chosen,
    @Nullable String note,
    List<PlaceholderField> fields,
    Map<String, String> problems) {

  /**
   * A template to choose.
   *
   * @param value what the form sends
   * @param usable whether messages can be sent with it
   */
  public record Option(String value, String words, boolean usable, boolean selected) {}

  /**
   * A stretch of the preview.
   *
   * @param text as the template has it
   * @param field id of the field that fills it; null where it is plain text
   * @param filled what fills it now; empty for nothing yet
   */
  public record Stretch(String text, @Nullable String field, String filled) {}

  /** Typed by its name, because the provider was not asked yet, or has no list. */
  static TemplatePart typed(
      TemplateForm form, @Nullable String note, Map<String, String> problems) {
    return new TemplatePart(
        form, List.of(), null, note, PlaceholderField.typed(form, problems), problems);
  }

  /**
   * @param typing whether its name is to be typed although there is a list
   */
  static TemplatePart of(
      TemplateForm form, Listing listing, boolean typing, Map<String, String> problems) {
    if (listing.templates().isEmpty()) {
      String why = listing.problem();
      return typed(
          asTyped(form),
          why == null
              ? "The provider has no templates for this connection yet. Have one approved there;"
                  + " until then you can type the name that it will have."
              : "The templates cannot be listed, so type the name of one. " + why,
          problems);
    }
    @Nullable Template chosen =
        listing.templates().stream().filter(one -> is(one, form)).findFirst().orElse(null);
    boolean unlisted = chosen == null && !form.name().isEmpty();
    boolean typed = typing || (unlisted && !form.picked());
    @Nullable String note = listing.problem();
    if (unlisted && !typing) {
      note =
          "The provider does not list the template %s in %s for this connection."
              .formatted(form.name(), form.language());
    }
    List<Option> options =
        listing.templates().stream().map(one -> option(one, is(one, form) && !typed)).toList();
    if (typed) {
      TemplateForm open = asTyped(form);
      return new TemplatePart(
          open, options, null, note, PlaceholderField.typed(open, problems), problems);
    }
    return new TemplatePart(
        new TemplateForm(form.name(), form.language(), true, form.places()),
        options,
        chosen,
        note,
        chosen == null ? List.of() : PlaceholderField.of(chosen, form, problems),
        problems);
  }

  private static TemplateForm asTyped(TemplateForm form) {
    return new TemplateForm(
        form.name(),
        form.language().isEmpty() ? TemplateForm.EMPTY.language() : form.language(),
        false,
        form.places());
  }

  private static boolean is(Template template, TemplateForm form) {
    return template.name().equals(form.name()) && template.language().equals(form.language());
  }

  private static Option option(Template template, boolean selected) {
    boolean location = template.header() != null && template.header().type().equals("location");
    String why =
        location
            ? ", its header cannot be filled"
            : template.usable() ? "" : ", " + template.status().toLowerCase(Locale.ROOT);
    return new Option(
        template.name() + "/" + template.language(),
        template.name() + " (" + template.language() + ")" + why,
        template.usable() && !location,
        selected);
  }

  /** Whether the template's name is typed rather than picked. */
  public boolean typing() {
    return !form.picked();
  }

  public @Nullable String problem(String field) {
    return problems.get(field);
  }

  /** The chosen template's header in pieces; empty when it is no text. */
  public List<Stretch> header() {
    Header header = chosen == null ? null : chosen.header();
    return header == null || !header.type().equals("text")
        ? List.of()
        : format(Part.HEADER, header.text());
  }

  /** What the chosen template's header holds besides text, such as image; null without. */
  public @Nullable String media() {
    Header header = chosen == null ? null : chosen.header();
    return header == null || header.type().equals("text") ? null : header.type();
  }

  /** The chosen template's body in pieces. */
  public List<Stretch> body() {
    return chosen == null ? List.of() : format(Part.BODY, chosen.body());
  }

  private List<Stretch> format(Part part, String text) {
    List<Stretch> format = new ArrayList<>();
    for (Piece piece : Piece.of(text)) {
      @Nullable PlaceholderField field =
          fields.stream()
              .filter(one -> one.place().part() == part && one.name().equals(piece.place()))
              .findFirst()
              .orElse(null);
      format.add(
          field == null
              ? new Stretch(piece.text(), null, "")
              : new Stretch(piece.text(), field.id(), field.place().text()));
    }
    return List.copyOf(format);
  }

  /** The words on the chosen template's buttons. */
  public List<String> buttons() {
    return chosen == null
        ? List.of()
        : chosen.buttons().stream()
            .map((Button button) -> button.text().isEmpty() ? "Copy code" : button.text())
            .toList();
  }
}
