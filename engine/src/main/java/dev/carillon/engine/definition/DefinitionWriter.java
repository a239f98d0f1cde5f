package dev.carillon.engine.definition;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what was decided of a campaign as JSON that {@link DefinitionReader} reads as the same.
 * Parts that were not decided are left out.
 */
public final class DefinitionWriter {

  private DefinitionWriter() {}

  /** The definition as JSON, its members in the order of the wizard's steps. */
  public static ObjectNode write(CampaignDefinition definition) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", definition.name());
    json.put("channel", definition.channel().key());
    ArrayNode labels = json.putArray("labels");
    definition.labels().forEach(labels::add);
    When when = definition.when();
    if (when != null) {
      when(json.putObject("when"), when);
    }
    if (definition.who() != null) {
      json.putObject("who").set("rule", RuleWriter.write(definition.who()));
    }
    if (!definition.controlGroup().equals(ControlGroup.NONE)) {
      ObjectNode group = json.putObject("controlGroup");
      group.put("percent", definition.controlGroup().percent());
      if (!definition.controlGroup().system()) {
        group.put("system", false);
      }
    }
    What what = definition.what();
    if (what != null) {
      what(json.putObject("what"), what);
    }
    Goal goal = definition.goal();
    if (goal != null) {
      goal(json.putObject("goal"), goal);
    }
    if (!definition.limits().equals(Limits.NONE)) {
      LimitsReader.write(json.putObject("limits"), definition.limits());
    }
    return json;
  }

  private static void when(ObjectNode json, When when) {
    switch (when) {
      case When.Now() -> json.put("type", "now");
      case When.At(var time, var offset) ->
          json.put("type", "at")
              .put("at", offset == null ? time.toString() : time.toString() + offset);
    }
  }

  private static void what(ObjectNode json, What what) {
    switch (what) {
      case What.WhatsAppTemplate template -> {
        json.put("provider", Integer.toString(template.connection()));
        whatsAppTemplate(json.putObject("template"), template);
      }
    }
  }

  private static void whatsAppTemplate(ObjectNode json, What.WhatsAppTemplate template) {
    json.put("name", template.template()).put("language", template.language());
    What.Header header = template.header();
    if (header != null) {
      ObjectNode filled = json.putObject("header").put("type", header.type());
      if (header.name() != null) {
        filled.put("name", header.name());
      }
      filled.put("value", header.value());
    }
    ArrayNode parameters = json.putArray("parameters");
    for (What.Parameter parameter : template.parameters()) {
      if (parameter.name() == null) {
        parameters.add(parameter.text());
      } else {
        parameters.addObject().put("name", parameter.name()).put("text", parameter.text());
      }
    }
    if (!template.buttons().isEmpty()) {
      ArrayNode buttons = json.putArray("buttons");
      for (What.Button button : template.buttons()) {
        buttons
            .addObject()
            .put("index", button.index())
            .put("type", button.type())
            .put("value", button.value());
      }
    }
  }

  private static void goal(ObjectNode json, Goal goal) {
    json.put("event", goal.event()).put("within", PeriodReader.written(goal.within()));
    if (goal.revenueProperty() != null) {
      json.put("revenueProperty", goal.revenueProperty());
    }
    RuleWriter.where(json, goal.where());
  }
}
