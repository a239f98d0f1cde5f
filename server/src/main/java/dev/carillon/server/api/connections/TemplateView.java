package dev.carillon.server.api.connections;

import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Listing;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A provider's templates as JSON. What a template does not have is absent. */
final class TemplateView {

  private TemplateView() {}

  static ObjectNode of(Listing listing) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("templates");
    listing.templates().forEach(template -> write(template, list.addObject()));
    if (listing.problem() != null) {
      answer.put("problem", listing.problem());
    }
    return answer;
  }

  private static void write(Template template, ObjectNode json) {
    json.put("name", template.name())
        .put("language", template.language())
        .put("status", template.status())
        .put("usable", template.usable());
    if (!template.category().isEmpty()) {
      json.put("category", template.category());
    }
    Header header = template.header();
    if (header != null) {
      ObjectNode written = json.putObject("header").put("type", header.type());
      if (!header.text().isEmpty()) {
        written.put("text", header.text());
      }
      header.places().forEach(written.putArray("places")::add);
    }
    json.put("body", template.body());
    template.places().forEach(json.putArray("places")::add);
    json.put("named", template.named());
    if (!template.footer().isEmpty()) {
      json.put("footer", template.footer());
    }
    ArrayNode buttons = json.putArray("buttons");
    template.buttons().forEach(button -> write(button, buttons.addObject()));
  }

  private static void write(Button button, ObjectNode json) {
    json.put("index", button.index()).put("type", button.type()).put("text", button.text());
    if (!button.value().isEmpty()) {
      json.put("value", button.value());
    }
    json.put("toFill", button.toFill());
  }
}
