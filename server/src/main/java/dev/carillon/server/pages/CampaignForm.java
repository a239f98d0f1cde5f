package dev.carillon.server.pages;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as its form has it, all as text as it was typed.
 *
 * @param when now, at, or {@link #KEPT} for what this form cannot show and leaves as it is
 * @param at local date and time, for at
 * @param rule who, a rule as JSON
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

  static final CampaignForm EMPTY =
      new CampaignForm(
          "",
          "",
          "now",
          "",
          "{\"everyone\":true}",
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

  /** The form of a campaign that exists. */
  static CampaignForm of(Campaign campaign) {
    CampaignDefinition definition = campaign.definition();
    What.WhatsAppTemplate what =
        definition.what() instanceof What.WhatsAppTemplate template ? template : null;
    Goal goal = definition.goal();
    boolean hours = goal != null && goal.within().toHours() % 24 != 0;
    return new CampaignForm(
        definition.name(),
        String.join(", ", definition.labels()),
        when(definition.when()),
        definition.when() instanceof When.At at ? at.time().toString() : "",
        RuleField.json(definition.who()),
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
}
