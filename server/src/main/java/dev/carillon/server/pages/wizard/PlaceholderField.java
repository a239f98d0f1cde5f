package dev.carillon.server.pages.wizard;

import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The field of a form that fills one place of a template.
 *
 * @param id its id on the page
 * @param name how the template's text names the place; empty where no text does
 * @param place the place with the text that it holds
 * @param problem what is wrong with it; null when nothing is
 */
public record PlaceholderField(
    String id,
    String label,
    @Nullable String hint,
    String name,
    TemplatePlaceholder place,
    @Nullable String problem) {

  /** The fields of a template, filled with what the form has for places like these. */
  static List<PlaceholderField> of(
      Template template, TemplateForm form, Map<String, String> problems) {
    List<PlaceholderField> fields = new ArrayList<>();
    Header header = template.header();
    if (header != null && header.toFill()) {
      fields.add(header(header, template.named(), form, problems));
    }
    List<String> places = template.places();
    for (int i = 0; i < places.size(); i++) {
      String name = template.named() ? places.get(i) : "";
      TemplatePlaceholder place = new TemplatePlaceholder(Part.BODY, "", name, "");
      fields.add(
          new PlaceholderField(
              "body-" + i,
              "Text for {{" + places.get(i) + "}}",
              i == 0
                  ? "Liquid fills in the person's properties: {{ Name | default: 'friend' }}"
                  : null,
              places.get(i),
              filled(place, form, i),
              problems.get(TemplatePlaceholder.problem(Part.BODY, i))));
    }
    int number = 0;
    for (Button button : template.buttons()) {
      TemplatePlaceholder place =
          new TemplatePlaceholder(Part.BUTTON, button.type(), Integer.toString(button.index()), "");
      TemplatePlaceholder filled = filled(place, form, -1);
      if (button.toFill() || !filled.text().isEmpty()) {
        fields.add(button(button, filled, number, problems));
        number++;
      }
    }
    return List.copyOf(fields);
  }

  private static PlaceholderField header(
      Header header, boolean named, TemplateForm form, Map<String, String> problems) {
    boolean text = header.type().equals("text");
    String name = text ? header.places().getFirst() : "";
    TemplatePlaceholder place =
        new TemplatePlaceholder(Part.HEADER, header.type(), named ? name : "", "");
    return new PlaceholderField(
        "header-0",
        text ? "Text for {{" + name + "}} in the header" : "Link to the header's " + header.type(),
        text ? null : "It starts with https:// and must be open to everyone.",
        name,
        filled(place, form, 0),
        problems.get(TemplatePlaceholder.problem(Part.HEADER, 0)));
  }

  private static PlaceholderField button(
      Button button, TemplatePlaceholder place, int number, Map<String, String> problems) {
    boolean address = button.type().equals("url");
    String label =
        address
            ? "End of the address behind the button \u201c" + button.text() + "\u201d"
            : button.type().equals("copy_code")
                ? "Code that the button copies"
                : "What the button \u201c" + button.text() + "\u201d answers";
    return new PlaceholderField(
        "button-" + number,
        label,
        address ? "It takes the place at the end of " + button.value() : null,
        "",
        place,
        problems.get(TemplatePlaceholder.problem(Part.BUTTON, number)));
  }

  /** Header and buttons of a template that is typed; its body is typed line by line. */
  static List<PlaceholderField> typed(TemplateForm form, Map<String, String> problems) {
    List<PlaceholderField> fields = new ArrayList<>();
    List<TemplatePlaceholder> headers = form.of(Part.HEADER);
    for (int i = 0; i < headers.size(); i++) {
      fields.add(
          new PlaceholderField(
              "header-" + i,
              "Header, " + headers.get(i).type(),
              null,
              "",
              headers.get(i),
              problems.get(TemplatePlaceholder.problem(Part.HEADER, i))));
    }
    List<TemplatePlaceholder> buttons = form.of(Part.BUTTON);
    for (int i = 0; i < buttons.size(); i++) {
      fields.add(
          new PlaceholderField(
              "button-" + i,
              "Button " + buttons.get(i).name() + ", " + buttons.get(i).type(),
              null,
              "",
              buttons.get(i),
              problems.get(TemplatePlaceholder.problem(Part.BUTTON, i))));
    }
    return List.copyOf(fields);
  }

  /**
   * The place with the text that the form has for it; else for the place at the same position, as
   * two templates often begin alike.
   *
   * @param position its position among the places of its part; -1 when only the place itself counts
   */
  private static TemplatePlaceholder filled(
      TemplatePlaceholder place, TemplateForm form, int position) {
    List<TemplatePlaceholder> known = form.of(place.part());
    for (TemplatePlaceholder one : known) {
      if (!place.name().isEmpty() && one.key().equals(place.key())) {
        return place.with(one.text());
      }
    }
    boolean alike =
        position >= 0 && position < known.size() && known.get(position).type().equals(place.type());
    return alike ? place.with(known.get(position).text()) : place;
  }
}
