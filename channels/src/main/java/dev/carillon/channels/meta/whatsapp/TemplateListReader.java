package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Piece;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Understands one template of Meta's list. */
final class TemplateListReader {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private TemplateListReader() {}

  /** The template; empty when it lacks name, language or status. */
  static Optional<Template> read(JsonNode node) {
    String name = text(node.path("name"));
    String language = text(node.path("language"));
    String status = text(node.path("status"));
    if (name == null || language == null || status == null) {
      return Optional.empty();
    }
    Header header = null;
    String body = "";
    String footer = "";
    List<Button> buttons = List.of();
    for (JsonNode component : node.path("components")) {
      switch (or(component.path("type"), "").toUpperCase(Locale.ROOT)) {
        case "HEADER" -> header = header(component);
        case "BODY" -> body = or(component.path("text"), "");
        case "FOOTER" -> footer = or(component.path("text"), "");
        case "BUTTONS" -> buttons = buttons(component.path("buttons"));
        default -> {} // parts that a message does not fill
      }
    }
    List<String> places = places(body);
    return Optional.of(
        new Template(
            name,
            language,
            status.toUpperCase(Locale.ROOT),
            or(node.path("category"), ""),
            header,
            body,
            places,
            named(node, places),
            footer,
            buttons));
  }

  private static boolean named(JsonNode node, List<String> places) {
    String format = text(node.path("parameter_format"));
    return format == null
        ? places.stream().anyMatch(place -> !NUMBER.matcher(place).matches())
        : format.equalsIgnoreCase("NAMED");
  }

  private static Header header(JsonNode component) {
    String text = or(component.path("text"), "");
    return new Header(
        or(component.path("format"), "text").toLowerCase(Locale.ROOT), text, places(text));
  }

  private static List<Button> buttons(JsonNode nodes) {
    List<Button> buttons = new ArrayList<>();
    for (JsonNode node : nodes) {
      String type = or(node.path("type"), "").toLowerCase(Locale.ROOT);
      String value = type.equals("url") ? or(node.path("url"), "") : "";
      boolean toFill = type.equals("copy_code") || !places(value).isEmpty();
      buttons.add(new Button(buttons.size(), type, or(node.path("text"), ""), value, toFill));
    }
    return buttons;
  }

  /** The names of the places in a text; numbered ones in the order of their numbers. */
  private static List<String> places(String text) {
    Set<String> found = new LinkedHashSet<>();
    for (Piece piece : Piece.of(text)) {
      if (piece.place() != null) {
        found.add(piece.place());
      }
    }
    List<String> places = new ArrayList<>(found);
    if (places.stream().allMatch(place -> NUMBER.matcher(place).matches())) {
      places.sort((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b));
    }
    return places;
  }

  private static String or(JsonNode node, String otherwise) {
    @Nullable String text = text(node);
    return text == null ? otherwise : text;
  }
}
