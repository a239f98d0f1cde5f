package dev.carillon.server.pages.wizard;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.server.pages.audience.RuleField;
import dev.carillon.server.pages.frame.Parameters;
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
 * A campaign's audience, as its step has it.
 *
 * @param who everyone, segment, list or rule
 * @param segment id of the segment, for segment
 * @param list id of the list, for list
 * @param rule a rule as JSON, for rule
 * @param without who is left out: segment:ID or list:ID each
 * @param control percent held out
 * @param system whether the account's system control group is held out too
 * @param limits what keeps it from sending too much
 */
public record WhoForm(
    String who,
    String segment,
    String list,
    String rule,
    List<String> without,
    String control,
    boolean system,
    LimitsForm limits)
    implements StepForm {
  private static final String SEGMENT = "segment";
  private static final String LIST = "list";

  /** What a browser sent. */
  static WhoForm of(Map<String, String[]> sent) {
    return new WhoForm(
        Parameters.text(sent, "who").orElse("everyone"),
        Parameters.text(sent, SEGMENT).orElse(""),
        Parameters.text(sent, LIST).orElse(""),
        Parameters.text(sent, "rule").orElse("{\"everyone\":true}"),
        List.of(sent.getOrDefault("without", new String[0])),
        Parameters.text(sent, "control").orElse("0"),
        sent.containsKey("system"),
        LimitsForm.of(sent));
  }

  /** The step of a campaign that exists. */
  static WhoForm of(CampaignDefinition definition) {
    Rule rule = definition.who() == null ? new Rule.Everyone() : definition.who();
    List<String> without = new ArrayList<>();
    Rule base = base(rule, without);
    String who =
        switch (base) {
          case Rule.Everyone _ -> "everyone";
          case Rule.InSegment _ -> SEGMENT;
          case Rule.OnList _ -> LIST;
          case Rule.All _,
              Rule.Any _,
              Rule.Not _,
              Rule.OfProperty _,
              Rule.Behaviour _,
              Rule.Reachable _,
              Rule.Bucket _ ->
              "rule";
        };
    return new WhoForm(
        who,
        base instanceof Rule.InSegment(int id) ? Integer.toString(id) : "",
        base instanceof Rule.OnList(int id) ? Integer.toString(id) : "",
        RuleField.json(who.equals("rule") ? base : null),
        List.copyOf(without),
        Integer.toString(definition.controlGroup().percent()),
        definition.controlGroup().system(),
        LimitsForm.of(definition.limits()));
  }

  /** What is left of a rule when those it leaves out by name are noted; else the rule itself. */
  private static Rule base(Rule rule, List<String> without) {
    if (!(rule instanceof Rule.All(List<Rule> rules)) || rules.size() < 2) {
      return rule;
    }
    List<String> names = new ArrayList<>();
    for (Rule one : rules.subList(1, rules.size())) {
      if (!(one instanceof Rule.Not(Rule.Saved saved))) {
        return rule;
      }
      names.add(
          switch (saved) {
            case Rule.InSegment(int id) -> SEGMENT + ":" + id;
            case Rule.OnList(int id) -> LIST + ":" + id;
          });
    }
    without.addAll(names);
    return rules.getFirst();
  }

  @Override
  public ObjectNode changes(CampaignDefinition before) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    JsonNode rule = whole();
    if (rule != null) {
      changes.putObject("who").set("rule", rule);
    }
    ObjectNode group = changes.putObject("controlGroup").put("system", system);
    StepForm.number(group, "percent", control.isEmpty() ? "0" : control);
    limits.write(changes.putObject("limits"));
    return changes;
  }

  /** The rule with those it leaves out; null when what was typed is no JSON. */
  private @Nullable JsonNode whole() {
    JsonNode base = base();
    if (base == null || without.isEmpty()) {
      return base;
    }
    ObjectNode rule = JsonNodeFactory.instance.objectNode();
    ArrayNode all = rule.putArray("all").add(base);
    for (String one : without) {
      String[] parts = one.split(":", 2);
      StepForm.number(all.addObject().putObject("not"), parts[0], parts.length > 1 ? parts[1] : "");
    }
    return rule;
  }

  private @Nullable JsonNode base() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (who) {
      case SEGMENT -> StepForm.number(json, SEGMENT, segment);
      case LIST -> StepForm.number(json, LIST, list);
      case "rule" -> {
        return JsonDocument.parse(rule) instanceof Reading.Understood<JsonNode>(JsonNode read)
            ? read
            : null;
      }
      default -> json.put("everyone", true);
    }
    return json;
  }

  /** The rule that is decided. */
  Reading<Rule> read() {
    JsonNode audience = whole();
    return audience == null
        ? JsonDocument.parse(rule).then(RuleReader::read)
        : RuleReader.read(audience);
  }

  @Override
  public Map<String, String> empty() {
    Map<String, String> empty = new LinkedHashMap<>();
    if (who.equals(SEGMENT) && segment.isEmpty()) {
      empty.put(SEGMENT, "Choose a segment.");
    }
    if (who.equals(LIST) && list.isEmpty()) {
      empty.put(LIST, "Choose a list.");
    }
    if (who.equals("rule")
        && JsonDocument.parse(rule) instanceof Reading.Refused<JsonNode>(var wrong)) {
      empty.put(RuleField.PROBLEM, wrong.getFirst().words());
    }
    return empty;
  }

  @Override
  public String field(String pointer) {
    if (pointer.startsWith("/controlGroup")) {
      return "control";
    }
    if (pointer.startsWith("/limits")) {
      return LimitsForm.field(pointer);
    }
    String rest = pointer.startsWith("/who/rule") ? pointer.substring("/who/rule".length()) : "";
    if (!without.isEmpty() && rest.startsWith("/all/")) {
      int slash = rest.indexOf('/', "/all/".length());
      String index = rest.substring("/all/".length(), slash < 0 ? rest.length() : slash);
      if (!index.equals("0")) {
        return "without";
      }
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    return switch (who) {
      case SEGMENT -> SEGMENT;
      case LIST -> LIST;
      default -> RuleField.problem(rest);
    };
  }
}
