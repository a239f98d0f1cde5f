package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.What;
import java.util.Optional;

/**
 * A place of a template and what fills it, as a form has it.
 *
 * @param part where in the template it is
 * @param type the type of a header or button, such as image or url; empty in the body
 * @param name the name of a named place, or the number of a button; else empty
 * @param text Liquid, as it was typed
 */
public record TemplatePlace(Part part, String type, String name, String text) {

  /** The parts of a template that have places. */
  public enum Part {
    HEADER,
    BODY,
    BUTTON
  }

  static TemplatePlace of(What.Header header) {
    return new TemplatePlace(
        Part.HEADER, header.type(), header.name() == null ? "" : header.name(), header.value());
  }

  static TemplatePlace of(What.Parameter parameter) {
    return new TemplatePlace(
        Part.BODY, "", parameter.name() == null ? "" : parameter.name(), parameter.text());
  }

  static TemplatePlace of(What.Button button) {
    return new TemplatePlace(
        Part.BUTTON, button.type(), Integer.toString(button.index()), button.value());
  }

  /** What a form sends along to say which place a text fills. */
  public String key() {
    return part.name() + ":" + type + ":" + name;
  }

  /** The place with that key; empty when it is none. */
  static Optional<TemplatePlace> of(String key, String text) {
    String[] parts = key.split(":", 3);
    for (Part part : Part.values()) {
      if (parts.length == 3 && part.name().equals(parts[0])) {
        return Optional.of(new TemplatePlace(part, parts[1], parts[2], text));
      }
    }
    return Optional.empty();
  }

  /** The same place filled by another text. */
  TemplatePlace with(String other) {
    return new TemplatePlace(part, type, name, other);
  }

  /** Under which its problem is kept. */
  static String problem(Part part, int index) {
    return "place:" + part.name() + ":" + index;
  }
}
