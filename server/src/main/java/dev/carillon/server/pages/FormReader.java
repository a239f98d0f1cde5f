package dev.carillon.server.pages;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.What;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.definition.JsonDocument;
import dev.carillon.engine.definition.Problem;
import dev.carillon.engine.definition.Reading;
import dev.carillon.server.pages.TemplatePlace.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a campaign from its form by way of the JSON that the API takes, so that both have the same
 * rules, and puts each problem beside its field.
 */
final class FormReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Which field a part of the definition is typed into; the longest that fits counts. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("/name", "title"),
          Map.entry("/labels", "labels"),
          Map.entry("/when", "at"),
          Map.entry("/controlGroup", "control"),
          Map.entry("/what", "template"),
          Map.entry("/what/provider", "connection"),
          Map.entry("/what/template/language", "language"),
          Map.entry("/what/template/parameters", "parameters"),
          Map.entry("/goal", "event"),
          Map.entry("/goal/within", "within"),
          Map.entry("/goal/revenueProperty", "revenue"));

  private static final Pattern TEMPLATE_PLACE =
      Pattern.compile("/what/template/(header|parameters|buttons)(?:/(\\d{1,4}))?(?:/.*)?");

  private FormReader() {}

  /**
   * @param definition what was understood; null when there is a problem
   * @param problems words by field
   */
  record Read(@Nullable CampaignDefinition definition, Map<String, String> problems) {}

  /**
   * @param before the definition that is changed, whose parts without a field stay; null for new
   */
  static Read read(CampaignForm form, @Nullable CampaignDefinition before) {
    Map<String, String> problems = new LinkedHashMap<>();
    ObjectNode json =
        before == null ? JSON.objectNode() : DefinitionWriter.write(before).deepCopy();
    json.put("name", form.name());
    json.put("channel", "whatsapp");
    ArrayNode labels = json.putArray("labels");
    for (String label : form.labels().split(",", -1)) {
      if (!label.isBlank()) {
        labels.add(label.strip());
      }
    }
    when(json, form);
    switch (JsonDocument.parse(form.rule())) {
      case Reading.Understood<JsonNode>(JsonNode rule) -> json.putObject("who").set("rule", rule);
      case Reading.Refused<JsonNode>(List<Problem> wrong) ->
          problems.put(RuleField.PROBLEM, wrong.getFirst().words());
    }
    ObjectNode control =
        json.get("controlGroup") instanceof ObjectNode known
            ? known
            : json.putObject("controlGroup");
    number(control, "percent", form.control().isEmpty() ? "0" : form.control());
    what(json, form, before);
    goal(json, form);
    switch (DefinitionReader.read(json)) {
      case Reading.Understood<CampaignDefinition>(CampaignDefinition definition) -> {
        return new Read(problems.isEmpty() ? definition : null, problems);
      }
      case Reading.Refused<CampaignDefinition>(List<Problem> wrong) -> {
        wrong.forEach(problem -> place(problems, form, problem.pointer(), problem.words()));
        return new Read(null, problems);
      }
    }
  }

  /** Puts what is wrong beside the field that it was typed into. */
  static void place(Map<String, String> problems, CampaignForm form, String pointer, String words) {
    if (pointer.startsWith("/who")) {
      problems.putIfAbsent(RuleField.problem(pointer.substring("/who".length())), words);
      return;
    }
    String field =
        templatePlace(form.template(), pointer)
            .orElseGet(
                () ->
                    FIELDS.entrySet().stream()
                        .filter(entry -> (pointer + "/").startsWith(entry.getKey() + "/"))
                        .max(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .orElse("title"));
    String row = row(pointer);
    problems.merge(field, row + words, (one, other) -> one.equals(other) ? one : one + " " + other);
  }

  /** The place's own field, where it has one. */
  private static Optional<String> templatePlace(TemplateForm template, String pointer) {
    Matcher place = TEMPLATE_PLACE.matcher(pointer);
    if (!place.matches()) {
      return Optional.empty();
    }
    int index = place.group(2) == null ? 0 : Integer.parseInt(place.group(2));
    return switch (place.group(1)) {
      case "header" -> Optional.of(TemplatePlace.problem(Part.HEADER, 0));
      case "buttons" -> Optional.of(TemplatePlace.problem(Part.BUTTON, index));
      default ->
          template.picked()
              ? Optional.of(TemplatePlace.problem(Part.BODY, index))
              : Optional.empty();
    };
  }

  private static String row(String pointer) {
    String[] parts = pointer.split("/", -1);
    boolean numbered = parts.length > 4 && parts[4].matches("\\d{1,4}");
    return numbered && parts[3].equals("parameters")
        ? "Text " + (Integer.parseInt(parts[4]) + 1) + ": "
        : "";
  }

  private static void when(ObjectNode json, CampaignForm form) {
    if (form.when().equals(CampaignForm.KEPT) && json.has("when")) {
      return;
    }
    ObjectNode when = json.putObject("when");
    if (form.when().equals("at")) {
      when.put("type", "at").put("at", form.at());
    } else {
      when.put("type", "now");
    }
  }

  private static void what(
      ObjectNode json, CampaignForm form, @Nullable CampaignDefinition before) {
    TemplateForm typed = form.template();
    if (typed.name().isEmpty() && typed.places().isEmpty()) {
      json.remove("what");
      return;
    }
    ObjectNode what = json.get("what") instanceof ObjectNode known ? known : json.putObject("what");
    what.put("provider", form.connection());
    ObjectNode template =
        what.get("template") instanceof ObjectNode known ? known : what.putObject("template");
    template.put("name", typed.name()).put("language", typed.language());
    List<TemplatePlace> headers = typed.of(Part.HEADER);
    List<TemplatePlace> buttons = typed.of(Part.BUTTON);
    if (typed.picked() || !headers.isEmpty() || !buttons.isEmpty()) {
      header(template, headers);
      buttons(template, buttons);
    }
    parameters(template, typed.of(Part.BODY), typed.picked() ? List.of() : names(before));
  }

  private static void header(ObjectNode template, List<TemplatePlace> headers) {
    template.remove("header");
    for (TemplatePlace place : headers) {
      ObjectNode header = template.putObject("header").put("type", place.type());
      if (!place.name().isEmpty()) {
        header.put("name", place.name());
      }
      header.put("value", place.text());
    }
  }

  private static void buttons(ObjectNode template, List<TemplatePlace> buttons) {
    ArrayNode list = template.putArray("buttons");
    for (TemplatePlace place : buttons) {
      ObjectNode button = list.addObject();
      number(button, "index", place.name());
      button.put("type", place.type()).put("value", place.text());
    }
  }

  /**
   * @param names the names of places that were typed without theirs, as they were before
   */
  private static void parameters(
      ObjectNode template, List<TemplatePlace> places, List<String> names) {
    ArrayNode parameters = template.putArray("parameters");
    for (int i = 0; i < places.size(); i++) {
      TemplatePlace place = places.get(i);
      String name = place.name().isEmpty() && i < names.size() ? names.get(i) : place.name();
      if (name.isEmpty()) {
        parameters.add(place.text());
      } else {
        parameters.addObject().put("name", name).put("text", place.text());
      }
    }
  }

  /** The names of the template's places as they were, empty for numbered ones. */
  private static List<String> names(@Nullable CampaignDefinition before) {
    List<String> names = new ArrayList<>();
    if (before != null && before.what() instanceof What.WhatsAppTemplate template) {
      for (What.Parameter parameter : template.parameters()) {
        names.add(parameter.name() == null ? "" : parameter.name());
      }
    }
    return names;
  }

  private static void goal(ObjectNode json, CampaignForm form) {
    if (!form.goal()) {
      json.remove("goal");
      return;
    }
    ObjectNode goal = json.get("goal") instanceof ObjectNode known ? known : json.putObject("goal");
    goal.put("event", form.event());
    goal.put(
        "within",
        form.unit().equals("hours") ? "PT" + form.within() + "H" : "P" + form.within() + "D");
    if (form.revenue().isEmpty()) {
      goal.remove("revenueProperty");
    } else {
      goal.put("revenueProperty", form.revenue());
    }
  }

  private static void number(ObjectNode json, String member, String text) {
    if (text.matches("\\d{1,9}")) {
      json.put(member, Integer.parseInt(text));
    } else {
      json.put(member, text);
    }
  }
}
