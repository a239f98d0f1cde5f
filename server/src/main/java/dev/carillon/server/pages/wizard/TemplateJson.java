package dev.carillon.server.pages.wizard;

import dev.carillon.server.pages.wizard.TemplatePlaceholder.Part;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a template and what fills it, as a form has it, in the JSON that the API takes. */
final class TemplateJson {
  private TemplateJson() {}

  /**
   * @param names the names of places that were typed without theirs, as they were before
   */
  static void write(ObjectNode json, TemplateForm form, List<String> names) {
    json.put("name", form.name()).put("language", form.language());
    for (TemplatePlaceholder place : form.of(Part.HEADER)) {
      ObjectNode header = json.putObject("header").put("type", place.type());
      if (!place.name().isEmpty()) {
        header.put("name", place.name());
      }
      header.put("value", place.text());
    }
    parameters(json.putArray("parameters"), form.of(Part.BODY), names);
    ArrayNode buttons = json.putArray("buttons");
    for (TemplatePlaceholder place : form.of(Part.BUTTON)) {
      ObjectNode button = buttons.addObject();
      StepForm.number(button, "index", place.name());
      button.put("type", place.type()).put("value", place.text());
    }
  }

  private static void parameters(
      ArrayNode parameters, List<TemplatePlaceholder> places, List<String> names) {
    for (int i = 0; i < places.size(); i++) {
      TemplatePlaceholder place = places.get(i);
      String name = place.name().isEmpty() && i < names.size() ? names.get(i) : place.name();
      if (name.isEmpty()) {
        parameters.add(place.text());
      } else {
        parameters.addObject().put("name", name).put("text", place.text());
      }
    }
  }
}
