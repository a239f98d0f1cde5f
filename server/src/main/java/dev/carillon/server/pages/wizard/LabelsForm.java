package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.server.pages.audience.FilterRow;
import dev.carillon.server.pages.frame.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a campaign is called, filed under and to bring about, as its step has it.
 *
 * @param name its name
 * @param labels those chosen
 * @param others those typed, separated by commas
 * @param goal the goal's fields
 */
public record LabelsForm(String name, Set<String> labels, String others, GoalForm goal)
    implements StepForm {
  private static final int MOST_FILTERS = 50;

  /**
   * A goal's fields.
   *
   * @param given whether there is a goal
   * @param event name of the event
   * @param filters what its properties must fit
   * @param kept whether the filters stay what they are, as rows cannot show them
   * @param within how long the conversion window is
   * @param unit days or hours
   * @param revenue name of the revenue property; empty for none
   * @param any whether events of apps and pages count too
   * @param fixed whether it is not to be changed
   */
  public record GoalForm(
      boolean given,
      String event,
      List<FilterRow> filters,
      boolean kept,
      String within,
      String unit,
      String revenue,
      boolean any,
      boolean fixed) {
    private static GoalForm of(Map<String, String[]> sent) {
      List<FilterRow> filters = new ArrayList<>();
      int count = Math.min(sent.getOrDefault("property", new String[0]).length, MOST_FILTERS);
      for (int i = 0; i < count; i++) {
        FilterRow row =
            new FilterRow(at(sent, "property", i), at(sent, "op", i), at(sent, "value", i));
        if (!row.blank()) {
          filters.add(row);
        }
      }
      return new GoalForm(
          sent.containsKey("hasGoal"),
          Parameters.text(sent, "event").orElse(""),
          filters,
          sent.containsKey("keepFilters"),
          Parameters.text(sent, "within").orElse(""),
          Parameters.text(sent, "unit").orElse("days"),
          Parameters.text(sent, "revenue").orElse(""),
          sent.containsKey("anySource"),
          sent.containsKey("goalFixed"));
    }

    private static String at(Map<String, String[]> sent, String name, int index) {
      String[] values = sent.get(name);
      return values == null || values.length <= index ? "" : values[index].strip();
    }

    private static GoalForm of(Goal goal, boolean fixed) {
      boolean hours = goal.within().toHours() % 24 != 0;
      Optional<List<FilterRow>> filters = FilterRow.of(goal.where());
      return new GoalForm(
          true,
          goal.event(),
          filters.orElse(List.of()),
          filters.isEmpty(),
          Long.toString(hours ? goal.within().toHours() : goal.within().toDays()),
          hours ? "hours" : "days",
          goal.revenueProperty() == null ? "" : goal.revenueProperty(),
          goal.trust() == Goal.Trust.ANY,
          fixed);
    }

    private void write(ObjectNode goal, CampaignDefinition before) {
      goal.put("event", event);
      goal.put("within", unit.equals("hours") ? "PT" + within + "H" : "P" + within + "D");
      if (!revenue.isEmpty()) {
        goal.put("revenueProperty", revenue);
      }
      if (any) {
        goal.put("trust", Goal.Trust.ANY.key());
      }
      if (kept) {
        JsonNode old = DefinitionWriter.write(before).path("goal").path("where");
        if (old.isArray()) {
          goal.set("where", old);
        }
        return;
      }
      if (!filters.isEmpty()) {
        ArrayNode where = goal.putArray("where");
        filters.forEach(filter -> where.add(filter.json()));
      }
    }
  }

  public LabelsForm {
    labels = new LinkedHashSet<>(labels);
  }

  /** What a browser sent. */
  static LabelsForm of(Map<String, String[]> sent) {
    return new LabelsForm(
        Parameters.text(sent, "title").orElse(""),
        new LinkedHashSet<>(List.of(sent.getOrDefault("label", new String[0]))),
        Parameters.text(sent, "labels").orElse(""),
        GoalForm.of(sent));
  }

  /**
   * The step of a campaign that exists.
   *
   * @param fixed whether the goal is not to be changed any more
   */
  static LabelsForm of(CampaignDefinition definition, boolean fixed) {
    Goal goal = definition.goal();
    return new LabelsForm(
        definition.name(),
        new LinkedHashSet<>(definition.labels()),
        "",
        goal != null
            ? GoalForm.of(goal, fixed)
            : new GoalForm(false, "", List.of(), false, "2", "days", "", false, fixed));
  }

  @Override
  public ObjectNode changes(CampaignDefinition before) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    changes.put("name", name);
    Set<String> all = new LinkedHashSet<>(labels);
    for (String label : others.split(",", -1)) {
      if (!label.isBlank()) {
        all.add(label.strip());
      }
    }
    ArrayNode list = changes.putArray("labels");
    all.forEach(list::add);
    if (goal.fixed()) {
      return changes;
    }
    if (goal.given()) {
      goal.write(changes.putObject("goal"), before);
    } else {
      changes.putNull("goal");
    }
    return changes;
  }

  @Override
  public Map<String, String> empty() {
    Map<String, String> empty = new LinkedHashMap<>();
    if (name.isBlank()) {
      empty.put("title", "Give the campaign a name.");
    }
    if (goal.given() && !goal.fixed()) {
      if (goal.event().isBlank()) {
        empty.put("event", "Name the event that counts as a conversion.");
      }
      if (goal.within().isBlank()) {
        empty.put("within", "Say how long a conversion may take.");
      }
    }
    return empty;
  }

  @Override
  public String field(String pointer) {
    if (pointer.startsWith("/goal")) {
      String[] parts = pointer.split("/", -1);
      String member = parts.length > 2 ? parts[2] : "";
      return switch (member) {
        case "within" -> "within";
        case "revenueProperty" -> "revenue";
        case "where" -> parts.length > 3 ? "filter-" + parts[3] : "filter-0";
        default -> "event";
      };
    }
    return pointer.startsWith("/labels") ? "labels" : "title";
  }
}
