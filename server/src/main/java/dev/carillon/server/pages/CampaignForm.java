package dev.carillon.server.pages;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.definition.RuleWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its form has it, all as text as it was typed.
 *
 * @param when now, at, or {@link #KEPT} for what this form cannot show and leaves as it is
 * @param at local date and time, for at
 * @param who everyone, conditions or rule
 * @param joined all or any, for conditions
 * @param conditions the rows, for conditions
 * @param rule a rule as JSON, for rule
 * @param control percent held out
 * @param connection id of the connection
 * @param template the template and what fills it
 * @param goal whether there is a goal
 * @param within how long the conversion window is
 * @param unit days or hours
 */
public record CampaignForm(
    String name,
    String labels,
    String when,
    String at,
    String who,
    String joined,
    List<ConditionRow> conditions,
    String rule,
    String control,
    String connection,
    TemplateForm template,
    boolean goal,
    String event,
    String within,
    String unit,
    String revenue) {
  /** A plan of several runs, which stays what it was. */
  public static final String KEPT = "kept";

  private static final int MOST_CONDITIONS = 50;

  static final CampaignForm EMPTY =
      new CampaignForm(
          "",
          "",
          "now",
          "",
          "everyone",
          "all",
          List.of(ConditionRow.EMPTY),
          "",
          "10",
          "",
          TemplateForm.EMPTY,
          true,
          "",
          "2",
          "days",
          "");

  /** What a browser sent. */
  static CampaignForm of(Map<String, String[]> sent) {
    return new CampaignForm(
        text(sent, "title"),
        text(sent, "labels"),
        text(sent, "when"),
        text(sent, "at"),
        text(sent, "who"),
        text(sent, "joined").equals("any") ? "any" : "all",
        conditions(sent),
        text(sent, "rule"),
        text(sent, "control"),
        text(sent, "connection"),
        TemplateForm.of(sent),
        sent.containsKey("hasGoal"),
        text(sent, "event"),
        text(sent, "within"),
        text(sent, "unit"),
        text(sent, "revenue"));
  }

  private static String text(Map<String, String[]> sent, String name) {
    return StatisticsQuery.text(sent, name).orElse("");
  }

  private static List<ConditionRow> conditions(Map<String, String[]> sent) {
    List<ConditionRow> rows = new ArrayList<>();
    int count = Math.min(sent.getOrDefault("kind", new String[0]).length, MOST_CONDITIONS);
    for (int i = 0; i < count; i++) {
      rows.add(
          new ConditionRow(
              at(sent, "kind", i),
              at(sent, "name", i),
              at(sent, "op", i),
              at(sent, "value", i),
              at(sent, "times", i),
              at(sent, "count", i),
              at(sent, "days", i)));
    }
    return List.copyOf(rows);
  }

  private static String at(Map<String, String[]> sent, String name, int index) {
    String[] values = sent.get(name);
    return values == null || values.length <= index ? "" : values[index].strip();
  }

  /** The form of a campaign that exists. */
  static CampaignForm of(Campaign campaign) {
    CampaignDefinition definition = campaign.definition();
    Audience audience = Audience.of(definition.who());
    What.WhatsAppTemplate what =
        definition.what() instanceof What.WhatsAppTemplate template ? template : null;
    Goal goal = definition.goal();
    boolean hours = goal != null && goal.within().toHours() % 24 != 0;
    return new CampaignForm(
        definition.name(),
        String.join(", ", definition.labels()),
        when(definition.when()),
        definition.when() instanceof When.At at ? at.time().toString() : "",
        audience.who(),
        audience.joined(),
        audience.conditions(),
        audience.rule(),
        Integer.toString(definition.controlGroup().percent()),
        what == null ? "" : Integer.toString(what.connection()),
        what == null ? TemplateForm.EMPTY : TemplateForm.of(what),
        goal != null,
        goal == null ? "" : goal.event(),
        goal == null
            ? "2"
            : Long.toString(hours ? goal.within().toHours() : goal.within().toDays()),
        hours ? "hours" : "days",
        goal == null || goal.revenueProperty() == null ? "" : goal.revenueProperty());
  }

  private static String when(@Nullable When when) {
    return switch (when) {
      case null -> "now";
      case When.Now() -> "now";
      case When.At _ -> "at";
      case When.Dates _, When.Recurring _ -> KEPT;
    };
  }

  /** The same with one more condition. */
  CampaignForm withCondition() {
    List<ConditionRow> more = new ArrayList<>(conditions);
    more.add(ConditionRow.EMPTY);
    return with(more);
  }

  /** The same without a condition. */
  CampaignForm withoutCondition(int index) {
    List<ConditionRow> fewer = new ArrayList<>(conditions);
    if (index >= 0 && index < fewer.size()) {
      fewer.remove(index);
    }
    return with(fewer.isEmpty() ? List.of(ConditionRow.EMPTY) : fewer);
  }

  private CampaignForm with(List<ConditionRow> others) {
    return new CampaignForm(
        name,
        labels,
        when,
        at,
        who,
        joined,
        List.copyOf(others),
        rule,
        control,
        connection,
        template,
        goal,
        event,
        within,
        unit,
        revenue);
  }

  /** A rule as the form shows it. */
  private record Audience(String who, String joined, List<ConditionRow> conditions, String rule) {

    static Audience of(@Nullable Rule rule) {
      return switch (rule) {
        case null -> new Audience("everyone", "all", List.of(ConditionRow.EMPTY), "");
        case Rule.Everyone() -> new Audience("everyone", "all", List.of(ConditionRow.EMPTY), "");
        case Rule.All(var rules) -> joined("all", rules, rule);
        case Rule.Any(var rules) -> joined("any", rules, rule);
        case Rule.Not _, Rule.OfProperty _, Rule.Behaviour _, Rule.Reachable _, Rule.Bucket _ ->
            joined("all", List.of(rule), rule);
      };
    }

    private static Audience joined(String joined, List<Rule> rules, Rule whole) {
      List<Optional<ConditionRow>> rows = rules.stream().map(ConditionRow::of).toList();
      return !rows.isEmpty() && rows.stream().allMatch(Optional::isPresent)
          ? new Audience(
              "conditions", joined, rows.stream().map(Optional::orElseThrow).toList(), "")
          : new Audience(
              "rule", "all", List.of(ConditionRow.EMPTY), RuleWriter.write(whole).toPrettyString());
    }
  }
}
