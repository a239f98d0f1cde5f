package dev.carillon.engine.definition.channel.whatsapp;

import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a WhatsApp template and what fills it. */
final class TemplateContentReader {
  private static final int LIQUID_LENGTH = 4_096;
  private static final List<String> HEADERS = List.of("text", "image", "video", "document");
  private static final List<String> BUTTONS = List.of("url", "quick_reply", "copy_code");

  private TemplateContentReader() {}

  /**
   * @param connection the connection that it is sent through; null: already found wrong
   */
  static @Nullable WhatsAppTemplate read(JsonPlace template, @Nullable Integer connection) {
    if (!template.object("name", "language", "header", "parameters", "buttons")) {
      return null;
    }
    String name = template.member("name").name(512);
    String language = template.member("language").name(20);
    JsonPlace headerPlace = template.member("header");
    WhatsAppTemplate.Header header = headerPlace.absent() ? null : header(headerPlace);
    List<WhatsAppTemplate.Parameter> parameters =
        optionalList(template.member("parameters"), 100, TemplateContentReader::parameter);
    List<WhatsAppTemplate.Button> buttons =
        optionalList(template.member("buttons"), 10, TemplateContentReader::button);
    if (connection == null
        || name == null
        || language == null
        || parameters == null
        || buttons == null) {
      return null;
    }
    checkNames(template.member("parameters"), parameters);
    if (buttons.stream().map(WhatsAppTemplate.Button::index).distinct().count() < buttons.size()) {
      template.member("buttons").problem(Code.CONTRADICTION, "two buttons have the same index");
    }
    return new WhatsAppTemplate(connection, name, language, header, parameters, buttons);
  }

  private static WhatsAppTemplate.@Nullable Parameter parameter(JsonPlace place) {
    if (place.node().isString()) {
      String text = place.text(LIQUID_LENGTH);
      return text == null ? null : new WhatsAppTemplate.Parameter(null, text);
    }
    if (!place.object("name", "text")) {
      return null;
    }
    JsonPlace named = place.member("name");
    String name = named.absent() ? null : named.name(100);
    String text = place.member("text").text(LIQUID_LENGTH);
    return text == null ? null : new WhatsAppTemplate.Parameter(name, text);
  }

  /** A template has numbered places or named ones, never both. */
  private static void checkNames(JsonPlace place, List<WhatsAppTemplate.Parameter> parameters) {
    long named = parameters.stream().filter(parameter -> parameter.name() != null).count();
    long names = parameters.stream().map(WhatsAppTemplate.Parameter::name).distinct().count();
    if (named > 0 && (named < parameters.size() || names < named)) {
      place.problem(Code.CONTRADICTION, "give every parameter a name of its own, or none");
    }
  }

  private static WhatsAppTemplate.@Nullable Header header(JsonPlace place) {
    if (!place.object("type", "name", "value")) {
      return null;
    }
    String type = place.member("type").oneOf(HEADERS);
    JsonPlace named = place.member("name");
    String name = named.absent() ? null : named.name(100);
    String value = place.member("value").text(LIQUID_LENGTH);
    if (type == null || value == null) {
      return null;
    }
    if (name != null && !type.equals("text")) {
      named.problem(Code.CONTRADICTION, "only the place of a text has a name");
    }
    return new WhatsAppTemplate.Header(type, name, value);
  }

  private static WhatsAppTemplate.@Nullable Button button(JsonPlace place) {
    if (!place.object("index", "type", "value")) {
      return null;
    }
    Long index = place.member("index").whole(0, 9);
    String type = place.member("type").oneOf(BUTTONS);
    String value = place.member("value").text(LIQUID_LENGTH);
    return index == null || type == null || value == null
        ? null
        : new WhatsAppTemplate.Button(Math.toIntExact(index), type, value);
  }

  private static <T> @Nullable List<T> optionalList(
      JsonPlace place, int most, Function<JsonPlace, @Nullable T> read) {
    return place.absent() ? List.of() : place.list(0, most, read);
  }
}
