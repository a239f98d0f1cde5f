package dev.carillon.engine.definition;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.definition.content.ChannelModules;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.engine.definition.when.PeriodReader;
import dev.carillon.engine.definition.when.WhenReader;
import java.time.DayOfWeek;
import java.util.List;
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
    if (!definition.delivery().equals(Delivery.DEFAULT)) {
      DeliveryWriter.write(json.putObject("delivery"), definition.delivery());
    }
    if (!definition.limits().equals(Limits.NONE)) {
      LimitsReader.write(json.putObject("limits"), definition.limits());
    }
    return json;
  }

  private static void when(ObjectNode json, When when) {
    switch (when) {
      case When.Now() -> json.put("type", "now");
      case When.At at -> json.put("type", "at").put("at", written(at));
      case When.Dates(List<When.At> times) -> {
        ArrayNode list = json.put("type", "dates").putArray("at");
        times.forEach(at -> list.add(written(at)));
      }
      case When.Recurring recurring -> recurring(json, recurring);
    }
  }

  private static String written(When.At at) {
    return at.offset() == null ? at.time().toString() : at.time().toString() + at.offset();
  }

  private static void recurring(ObjectNode json, When.Recurring recurring) {
    json.put("type", "recurring");
    switch (recurring.rhythm()) {
      case Recurrence.Daily() -> json.put("every", "day");
      case Recurrence.Weekly(List<DayOfWeek> days) -> {
        ArrayNode on = json.put("every", "week").putArray("on");
        days.forEach(day -> on.add(WhenReader.written(day)));
      }
      case Recurrence.Monthly(List<Integer> days) -> {
        ArrayNode on = json.put("every", "month").putArray("on");
        days.forEach(on::add);
      }
    }
    json.put("at", recurring.at().toString());
    if (recurring.from() != null) {
      json.put("from", recurring.from().toString());
    }
    if (recurring.until() != null) {
      json.put("until", recurring.until().toString());
    }
    if (recurring.runs() != null) {
      json.put("runs", recurring.runs());
    }
  }

  private static void what(ObjectNode json, What what) {
    json.put("provider", Integer.toString(what.connection()));
    switch (what) {
      case What.Single(MessageContent message) -> message(json, message);
      case Variants variants -> variants(json, variants);
    }
  }

  private static void message(ObjectNode json, MessageContent message) {
    ChannelModules.of(message).write(json, message);
  }

  private static void variants(ObjectNode json, Variants variants) {
    ArrayNode all = json.putArray("variants");
    for (Variants.Variant variant : variants.variants()) {
      ObjectNode one = all.addObject().put("name", variant.name());
      if (variants.test() == null) {
        one.put("share", variant.share());
      }
      message(one, variant.message());
    }
    WinnerTest test = variants.test();
    if (test != null) {
      ObjectNode written = json.putObject("test");
      switch (test.size()) {
        case WinnerTest.Percent(int percent) -> written.put("percent", percent);
        case WinnerTest.Messages(int messages) -> written.put("messages", messages);
      }
      written
          .put("metric", test.metric().key())
          .put("decideAfter", PeriodReader.written(test.decideAfter()))
          .put("fallback", variants.variants().get(test.fallback()).name());
    }
  }

  private static void goal(ObjectNode json, Goal goal) {
    json.put("event", goal.event()).put("within", PeriodReader.written(goal.within()));
    if (goal.revenueProperty() != null) {
      json.put("revenueProperty", goal.revenueProperty());
    }
    if (goal.trust() != Goal.Trust.TRUSTED) {
      json.put("trust", goal.trust().key());
    }
    RuleWriter.where(json, goal.where());
  }
}
