package dev.carillon.server.pages;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.What;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.definition.JsonDocument;
import dev.carillon.engine.definition.Problem;
import dev.carillon.engine.definition.Reading;
import dev.carillon.engine.definition.RuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          Map.entry("/who", "who"),
          Map.entry("/controlGroup", "control"),
          Map.entry("/what", "template"),
          Map.entry("/what/provider", "connection"),
          Map.entry("/what/template/language", "language"),
          Map.entry("/what/template/parameters", "parameters"),
          Map.entry("/goal", "event"),
          Map.entry("/goal/within", "within"),
          Map.entry("/goal/revenueProperty", "revenue"));

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
    switch (who(form)) {
      case Reading.Understood<JsonNode>(JsonNode rule) -> json.putObject("who").set("rule", rule);
      case Reading.Refused<JsonNode>(List<Problem> wrong) ->
          problems.put("who", wrong.getFirst().words());
    }
    number(
        json.putObject("controlGroup"), "percent", form.control().isEmpty() ? "0" : form.control());
    what(json, form, before);
    goal(json, form);
    switch (DefinitionReader.read(json)) {
      case Reading.Understood<CampaignDefinition>(CampaignDefinition definition) -> {
        return new Read(problems.isEmpty() ? definition : null, problems);
      }
      case Reading.Refused<CampaignDefinition>(List<Problem> wrong) -> {
        wrong.forEach(problem -> place(problems, problem.pointer(), problem.words()));
        return new Read(null, problems);
      }
    }
  }

  /** The rule of the form alone, for an estimate. */
  static Reading<Rule> rule(CampaignForm form) {
    return who(form).then(RuleReader::read);
  }

  /** Puts what is wrong beside the field that it was typed into. */
  static void place(Map<String, String> problems, String pointer, String words) {
    String field =
        FIELDS.entrySet().stream()
            .filter(entry -> (pointer + "/").startsWith(entry.getKey() + "/"))
            .max(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .orElse("title");
    String row = row(pointer);
    problems.merge(field, row + words, (one, other) -> one.equals(other) ? one : one + " " + other);
  }

  private static String row(String pointer) {
    String[] parts = pointer.split("/", -1);
    boolean conditions =
        parts.length > 4 && parts[2].equals("rule") && parts[4].matches("\\d{1,4}");
    return conditions ? "Condition " + (Integer.parseInt(parts[4]) + 1) + ": " : "";
  }

  private static void when(ObjectNode json, CampaignForm form) {
    ObjectNode when = json.putObject("when");
    if (form.when().equals("at")) {
      when.put("type", "at").put("at", form.at());
    } else {
      when.put("type", "now");
    }
  }

  private static Reading<JsonNode> who(CampaignForm form) {
    return switch (form.who()) {
      case "conditions" -> {
        ObjectNode rule = JSON.objectNode();
        ArrayNode list = rule.putArray(form.joined());
        form.conditions().forEach(condition -> list.add(condition.json()));
        yield new Reading.Understood<>(rule);
      }
      case "rule" -> JsonDocument.parse(form.rule());
      default -> new Reading.Understood<>(JSON.objectNode().put("everyone", true));
    };
  }

  private static void what(
      ObjectNode json, CampaignForm form, @Nullable CampaignDefinition before) {
    if (form.template().isEmpty() && form.connection().isEmpty()) {
      json.remove("what");
      return;
    }
    List<String> names = names(before);
    ObjectNode what = json.get("what") instanceof ObjectNode known ? known : json.putObject("what");
    what.put("provider", form.connection());
    ObjectNode template =
        what.get("template") instanceof ObjectNode known ? known : what.putObject("template");
    template.put("name", form.template()).put("language", form.language());
    ArrayNode parameters = template.putArray("parameters");
    List<String> texts =
        form.parameters().isBlank()
            ? List.of()
            : form.parameters().stripTrailing().lines().toList();
    for (int i = 0; i < texts.size(); i++) {
      String name = i < names.size() ? names.get(i) : "";
      if (name.isEmpty()) {
        parameters.add(texts.get(i));
      } else {
        parameters.addObject().put("name", name).put("text", texts.get(i));
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
