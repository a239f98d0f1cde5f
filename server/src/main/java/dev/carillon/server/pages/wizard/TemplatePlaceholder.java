package dev.carillon.server.pages.wizard;

import dev.carillon.core.channel.WhatsAppTemplate;
import java.util.Optional;

/**
 * A place of a template and what fills it, as a form has it.
 *
 * @param part where in the template it is
 * @param type the type of a header or button, such as image or url; empty in the body
 * @param name the name of a named place, or the number of a button; else empty
 * @param text Liquid, as it was typed
 */
public record TemplatePlaceholder(Part part, String type, String name, String text) {

  /** The parts of a template that have places. */
  public enum Part {
    HEADER,
    BODY,
    BUTTON
  }

  static TemplatePlaceholder of(WhatsAppTemplate.Header header) {
    return new TemplatePlaceholder(
        Part.HEADER, header.type(), header.name() == null ? "" : header.name(), header.value());
  }

  static TemplatePlaceholder of(WhatsAppTemplate.Parameter parameter) {
    return new TemplatePlaceholder(
        Part.BODY, "", parameter.name() == null ? "" : parameter.name(), parameter.text());
  }

  static TemplatePlaceholder of(WhatsAppTemplate.Button button) {
    return new TemplatePlaceholder(
        Part.BUTTON, button.type(), Integer.toString(button.index()), button.value());
  }

  /** What a form sends along to say which place a text fills. */
  public String key() {
    return part.name() + ":" + type + ":" + name;
  }

  /** The place with that key; empty when it is none. */
  static Optional<TemplatePlaceholder> of(String key, String text) {
    String[] parts = key.split(":", 3);
    for (Part part : Part.values()) {
      if (parts.length == 3 && part.name().equals(parts[0])) {
        return Optional.of(new TemplatePlaceholder(part, parts[1], parts[2], text));
      }
    }
    return Optional.empty();
  }

  /** The same place filled by another text. */
  TemplatePlaceholder with(String other) {
    return new TemplatePlaceholder(part, type, name, other);
  }

  /** Under which its problem is kept. */
  static String problem(Part part, int index) {
    return "place:" + part.name() + ":" + index;
  }
}
