package dev.carillon.simulator.meta.account;

import dev.carillon.simulator.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message template in one language, as created and approved.
 *
 * @param status {@code APPROVED}, {@code PENDING}, {@code REJECTED}, {@code PAUSED} or {@code
 *     DISABLED}
 * @param category {@code MARKETING}, {@code UTILITY} or {@code AUTHENTICATION}
 * @param named whether parameters go by name rather than by position
 * @param components as given at creation
 */
public record MessageTemplate(
    String id,
    String name,
    String language,
    String status,
    String category,
    boolean named,
    JsonNode components) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

  /** A button; {@code dynamic} ones need a parameter in each send. */
  public record Button(String type, String text, boolean dynamic) {}

  /**
   * Reads a template from the body of a creation.
   *
   * @throws IllegalArgumentException when a part is missing
   */
  public static MessageTemplate read(String id, ObjectNode body) {
    for (String required : List.of("name", "language", "category", "components")) {
      if (body.path(required).isMissingNode()) {
        throw new IllegalArgumentException("The parameter " + required + " is required.");
      }
    }
    return new MessageTemplate(
        id,
        body.path("name").asString(""),
        body.path("language").asString(""),
        body.path("status").asString("APPROVED"),
        body.path("category").asString("MARKETING"),
        body.path("parameter_format").asString("POSITIONAL").equalsIgnoreCase("NAMED"),
        body.path("components"));
  }

  public MessageTemplate withStatus(String changed) {
    return new MessageTemplate(id, name, language, changed, category, named, components);
  }

  /** The category as prices name it. */
  public String priceCategory() {
    return category.toLowerCase(Locale.ROOT);
  }

  /** The placeholders of the body's text, in order of appearance. */
  public List<String> bodyPlaceholders() {
    return placeholders(component("BODY").path("text").asString(""));
  }

  /** The placeholders of a text header. */
  public List<String> headerPlaceholders() {
    return placeholders(component("HEADER").path("text").asString(""));
  }

  /** {@code IMAGE}, {@code VIDEO}, {@code DOCUMENT}, {@code LOCATION}, {@code TEXT} or empty. */
  public String headerFormat() {
    return component("HEADER").path("format").asString("");
  }

  public int bodyLength() {
    return component("BODY").path("text").asString("").length();
  }

  public List<Button> buttons() {
    List<Button> buttons = new ArrayList<>();
    for (JsonNode button : component("BUTTONS").path("buttons")) {
      String type = button.path("type").asString("");
      boolean dynamic =
          type.equals("COPY_CODE") || !placeholders(button.path("url").asString("")).isEmpty();
      buttons.add(new Button(type, button.path("text").asString(""), dynamic));
    }
    return buttons;
  }

  /** The texts of the quick-reply buttons, with gaps (empty texts) at the other buttons. */
  public List<String> quickReplies() {
    return buttons().stream()
        .map(button -> button.type().equals("QUICK_REPLY") ? button.text() : "")
        .toList();
  }

  /** The template as the API lists it. */
  public ObjectNode listed() {
    ObjectNode node = Json.object();
    node.put("name", name)
        .put("parameter_format", named ? "NAMED" : "POSITIONAL")
        .put("language", language)
        .put("status", status)
        .put("category", category)
        .put("id", id);
    node.set("components", components);
    return node;
  }

  private JsonNode component(String type) {
    for (JsonNode component : components) {
      if (component.path("type").asString("").equalsIgnoreCase(type)) {
        return component;
      }
    }
    return Json.object();
  }

  private static List<String> placeholders(String text) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return List.copyOf(names);
  }
}
