package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.MessageTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks the components of a send against the template that they fill. */
final class TemplateRules {

  private static final int BODY_LIMIT = 1024;
  private static final Pattern FORBIDDEN_SPACE = Pattern.compile("[\\n\\r\\t]| {5,}");

  private final MessageTemplate template;
  private final JsonNode components;

  TemplateRules(MessageTemplate template, JsonNode components) {
    this.template = template;
    this.components = components;
  }

  /** What is wrong with the send; empty when it may be sent. */
  Optional<GraphError> problem() {
    Optional<GraphError> wrong =
        switch (template.status()) {
          case "APPROVED" -> Optional.empty();
          case "PAUSED" -> Optional.of(GraphError.of(132015));
          case "DISABLED" -> Optional.of(GraphError.of(132016));
          default ->
              Optional.of(
                  GraphError.of(132001)
                      .details(
                          "template name (%s) is not approved in %s"
                              .formatted(template.name(), template.language())));
        };
    return wrong.or(this::header).or(this::body).or(this::buttons);
  }

  /** The texts that a send puts into header, body and buttons, in order, for the record. */
  static List<String> texts(JsonNode components) {
    List<String> texts = new ArrayList<>();
    for (JsonNode component : components) {
      for (JsonNode parameter : component.path("parameters")) {
        for (String key : List.of("text", "payload", "coupon_code")) {
          if (parameter.path(key).isString()) {
            texts.add(parameter.path(key).asString(""));
          }
        }
      }
    }
    return List.copyOf(texts);
  }

  private Optional<GraphError> header() {
    String format = template.headerFormat();
    if (format.isEmpty() || format.equals("TEXT")) {
      return placeholders("header", template.headerPlaceholders(), parameters("header"));
    }
    List<JsonNode> given = parameters("header");
    String received =
        given.isEmpty() ? "UNKNOWN" : given.getFirst().path("type").asString("UNKNOWN");
    return received.equalsIgnoreCase(format)
        ? Optional.empty()
        : Optional.of(
            GraphError.of(132012)
                .details(
                    "header: Format mismatch, expected %s, received %s"
                        .formatted(format, received.toUpperCase(Locale.ROOT))));
  }

  private Optional<GraphError> body() {
    List<JsonNode> given = parameters("body");
    Optional<GraphError> wrong = placeholders("body", template.bodyPlaceholders(), given);
    if (wrong.isPresent()) {
      return wrong;
    }
    int length =
        template.bodyLength()
            + given.stream().mapToInt(node -> node.path("text").asString("").length()).sum();
    return length <= BODY_LIMIT
        ? Optional.empty()
        : Optional.of(
            GraphError.of(132005)
                .details("body: text has %d characters, at most 1024".formatted(length)));
  }

  private Optional<GraphError> placeholders(
      String where, List<String> expected, List<JsonNode> given) {
    if (expected.size() != given.size()) {
      return Optional.of(
          GraphError.of(132000)
              .details(
                  "%s: number of localizable_params (%d) does not match the expected number of params (%d)"
                      .formatted(where, given.size(), expected.size())));
    }
    Set<String> names = new HashSet<>();
    for (JsonNode parameter : given) {
      Optional<GraphError> wrong = parameter(where, parameter);
      if (wrong.isPresent()) {
        return wrong;
      }
      names.add(parameter.path("parameter_name").asString(""));
    }
    if (template.named() && !names.containsAll(expected)) {
      return Optional.of(
          GraphError.of(132012)
              .details(where + ": parameter names do not match those of the template"));
    }
    return Optional.empty();
  }

  private Optional<GraphError> parameter(String where, JsonNode parameter) {
    String type = parameter.path("type").asString("");
    if (!type.equals("text") && !type.equals("currency") && !type.equals("date_time")) {
      return Optional.of(
          GraphError.of(132012)
              .details("%s: expected a text parameter, received %s".formatted(where, type)));
    }
    if (!template.named() && !parameter.path("parameter_name").isMissingNode()) {
      return Optional.of(
          GraphError.of(132012)
              .details(where + ": parameter_name is not allowed in a positional template"));
    }
    String text = parameter.path("text").asString("");
    if (type.equals("text") && text.isEmpty()) {
      return Optional.of(
          GraphError.of(131008).details(where + ": parameter of type text is missing text value"));
    }
    if (FORBIDDEN_SPACE.matcher(text).find()) {
      return Optional.of(
          GraphError.of(100)
              .details(
                  "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"));
    }
    return Optional.empty();
  }

  private Optional<GraphError> buttons() {
    List<MessageTemplate.Button> buttons = template.buttons();
    Set<Integer> filled = new HashSet<>();
    for (JsonNode component : components) {
      if (component.path("type").asString("").equalsIgnoreCase("button")) {
        int index = component.path("index").asInt(-1);
        String type = component.path("sub_type").asString("").toUpperCase(Locale.ROOT);
        if (index < 0 || index >= buttons.size() || !buttons.get(index).type().equals(type)) {
          return Optional.of(
              GraphError.of(132012)
                  .details(
                      "buttons: the template has no button of type %s at index %s"
                          .formatted(type, component.path("index").asString("none"))));
        }
        if (component.path("parameters").size() > 0) {
          filled.add(index);
        }
      }
    }
    for (int index = 0; index < buttons.size(); index++) {
      if (buttons.get(index).dynamic() && !filled.contains(index)) {
        return Optional.of(
            GraphError.of(131008)
                .details(
                    "buttons: Button at index %d of type %s requires a parameter"
                        .formatted(index, buttons.get(index).type())));
      }
    }
    return Optional.empty();
  }

  private List<JsonNode> parameters(String type) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode component : components) {
      if (component.path("type").asString("").equalsIgnoreCase(type)) {
        component.path("parameters").forEach(all::add);
      }
    }
    return all;
  }
}
