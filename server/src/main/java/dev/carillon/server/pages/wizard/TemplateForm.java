package dev.carillon.server.pages.wizard;

import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The template of a campaign as its form has it: picked from the provider's list, with a field for
 * each place; or typed by its name, with the texts of its body one a line.
 *
 * @param name its name at the provider
 * @param language its language code
 * @param picked whether it was picked
 * @param places what fills it, in the template's order
 */
public record TemplateForm(
    String name, String language, boolean picked, List<TemplatePlaceholder> places) {
  /** What the list's last line sends: the template is typed by its name. */
  public static final String OTHER = "*";

  private static final int MOST_PLACES = 120;

  static final TemplateForm EMPTY = new TemplateForm("", "en", false, List.of());

  public TemplateForm {
    places = List.copyOf(places);
  }

  /**
   * What a browser sent.
   *
   * @param prefix what the names of the fields begin with
   */
  static TemplateForm of(Map<String, String[]> sent, String prefix) {
    String choice = Parameters.text(sent, prefix + "choice").orElse("");
    boolean picked = sent.containsKey(prefix + "choice") && !choice.equals(OTHER);
    int slash = choice.lastIndexOf('/');
    String name = slash < 0 ? "" : choice.substring(0, slash);
    String language = choice.substring(slash + 1);
    return new TemplateForm(
        picked ? name : Parameters.text(sent, prefix + "template").orElse(""),
        picked ? language : Parameters.text(sent, prefix + "language").orElse(""),
        picked,
        places(sent, prefix));
  }

  private static List<TemplatePlaceholder> places(Map<String, String[]> sent, String prefix) {
    List<TemplatePlaceholder> places = new ArrayList<>();
    String[] keys = sent.getOrDefault(prefix + "place", new String[0]);
    String[] texts = sent.getOrDefault(prefix + "text", new String[0]);
    for (int i = 0; i < Math.min(MOST_PLACES, Math.min(keys.length, texts.length)); i++) {
      TemplatePlaceholder.of(keys[i], texts[i].replace("\r", "")).ifPresent(places::add);
    }
    String[] lines = sent.getOrDefault(prefix + "parameters", new String[] {""});
    if (!lines[0].isBlank()) {
      lines[0]
          .replace("\r", "")
          .stripTrailing()
          .lines()
          .limit(MOST_PLACES)
          .forEach(line -> places.add(new TemplatePlaceholder(Part.BODY, "", "", line)));
    }
    return places;
  }

  /** The same, picked from a list. */
  TemplateForm asPicked() {
    return new TemplateForm(name, language, true, places);
  }

  /** Whether both name the same template and fill it with the same texts. */
  boolean says(TemplateForm other) {
    return name.equals(other.name)
        && language.equals(other.language)
        && texts().equals(other.texts());
  }

  private List<String> texts() {
    return places.stream().map(TemplatePlaceholder::text).toList();
  }

  /** The form of a content that exists. */
  static TemplateForm of(WhatsAppTemplate what) {
    List<TemplatePlaceholder> places = new ArrayList<>();
    if (what.header() != null) {
      places.add(TemplatePlaceholder.of(what.header()));
    }
    what.parameters().forEach(parameter -> places.add(TemplatePlaceholder.of(parameter)));
    what.buttons().forEach(button -> places.add(TemplatePlaceholder.of(button)));
    return new TemplateForm(what.template(), what.language(), false, places);
  }

  /** The places of one part, in their order. */
  List<TemplatePlaceholder> of(Part part) {
    return places.stream().filter(place -> place.part() == part).toList();
  }

  /** What fills the body, one place a line. */
  public String lines() {
    return of(Part.BODY).stream().map(TemplatePlaceholder::text).collect(Collectors.joining("\n"));
  }
}
