package dev.carillon.server.pages.wording;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.content.ChannelModules;
import dev.carillon.engine.provider.Connections;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign is, each part in one line.
 *
 * @param when when it is or was sent
 * @param who its audience, and who is held out
 * @param what what it says, and through which connection
 * @param limits what keeps it from sending too much; empty when nothing does
 * @param goal what counts as a conversion; null without a goal
 */
public record CampaignText(
    String when, String who, String what, String limits, @Nullable String goal) {
  private static final String OPEN = "Not decided yet";

  public static CampaignText of(
      Campaign campaign, Connections connections, RuleText.Names names, DisplayFormat format) {
    CampaignDefinition definition = campaign.definition();
    return new CampaignText(
        WhenText.of(campaign, format),
        (definition.who() == null ? OPEN : RuleText.of(definition.who(), names))
            + "; "
            + held(definition.controlGroup()),
        definition.what() == null ? OPEN : what(definition.what(), connections),
        LimitText.of(definition.limits(), format),
        definition.goal() == null ? null : goal(definition.goal()));
  }

  /** Who is held out by the campaign's own control group. */
  public static String held(ControlGroup group) {
    if (group.percent() == 0) {
      return group.system() ? "no control group just for it" : "no one is held out";
    }
    return group.percent()
        + "\u00a0% held out to compare with"
        + (group.system() ? "" : ", not the system control group");
  }

  /** What is said, and through which connection. */
  public static String what(What what, Connections connections) {
    String through =
        ", through "
            + connections
                .connection(what.connection())
                .map(connected -> connected.connection().name())
                .orElse("a deleted connection");
    return switch (what) {
      case What.Single(MessageContent message) -> message(message) + through;
      case Variants variants -> variants(variants) + through;
    };
  }

  private static String variants(Variants variants) {
    WinnerTest test = variants.test();
    String each =
        variants.variants().stream()
            .map(
                variant ->
                    variant.name()
                        + (test == null ? " to " + variant.share() + "\u00a0%" : "")
                        + ": "
                        + message(variant.message()))
            .collect(Collectors.joining("; "));
    if (test == null) {
      return each;
    }
    String size =
        switch (test.size()) {
          case WinnerTest.Percent(int percent) -> percent + "\u00a0% of the people";
          case WinnerTest.Messages(int messages) -> messages + " messages";
        };
    return each
        + "; tested with "
        + size
        + ", decided by "
        + test.metric().key()
        + " after "
        + DisplayFormat.length(test.decideAfter())
        + ", else "
        + variants.variants().get(test.fallback()).name();
  }

  private static String message(MessageContent message) {
    ChannelModule module = ChannelModules.of(message);
    String texts =
        module.texts(message).stream()
            .map(text -> "\u201c" + text + "\u201d")
            .collect(Collectors.joining(", "));
    return module.title(message) + (texts.isEmpty() ? "" : " with " + texts);
  }

  /** What counts as a conversion. */
  public static String goal(Goal goal) {
    String words =
        goal.event()
            + filters(goal)
            + " within "
            + DisplayFormat.length(goal.within())
            + " of the message";
    if (goal.trust() == Goal.Trust.ANY) {
      words += ", from apps and websites too";
    }
    return goal.revenueProperty() == null
        ? words
        : words + "; revenue is its " + goal.revenueProperty();
  }

  private static String filters(Goal goal) {
    return goal.where().isEmpty() ? "" : RuleText.where(goal.where());
  }

  /** When it started, starts, or is sent next. */
  public static String start(Campaign campaign, DisplayFormat format) {
    String moment = format.moment(campaign.startsAt());
    return switch (campaign.status()) {
      case SCHEDULED -> "Starts " + moment;
      case AWAITING_NEXT_RUN -> "Next run " + moment;
      case DRAFT, RUNNING, PAUSED, STOPPED, COMPLETED -> moment;
    };
  }

  /** The status' name. */
  public static String status(CampaignStatus status) {
    return switch (status) {
      case DRAFT -> "Draft";
      case SCHEDULED -> "Scheduled";
      case RUNNING -> "Running";
      case PAUSED -> "Paused";
      case STOPPED -> "Stopped";
      case COMPLETED -> "Completed";
      case AWAITING_NEXT_RUN -> "Awaiting next run";
    };
  }
}
