package dev.carillon.server.pages.wizard;

import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.Schedule;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.provider.Connections;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.wizard.WizardPages.ReachPart;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.DeliveryText;
import dev.carillon.server.pages.wording.LimitText;
import dev.carillon.server.pages.wording.RuleText;
import dev.carillon.server.pages.wording.WhenText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says in plain words what a campaign will do to how many people, and when. */
final class PlanText {
  private static final String ANEW = "Each time its people are chosen anew.";

  private final CampaignDefinition definition;
  private final RuleText.Names names;
  private final Connections connections;
  private final Account account;
  private final DisplayFormat format;

  PlanText(
      Campaign campaign,
      RuleText.Names names,
      Connections connections,
      Account account,
      DisplayFormat format) {
    this.definition = campaign.definition();
    this.names = names;
    this.connections = connections;
    this.account = account;
    this.format = format;
  }

  /** The sentences, in the order of the wizard; what is not decided is left out. */
  List<String> sentences(ReachPart reach) {
    List<String> sentences = new ArrayList<>();
    if (definition.when() != null) {
      sentences.add(when(definition.when()));
    }
    if (definition.who() != null) {
      sentences.add(who(definition.who(), reach));
      sentences.add(control(reach));
    }
    if (definition.what() != null) {
      sentences.add("They get this: " + CampaignText.what(definition.what(), connections) + ".");
    }
    if (definition.who() != null) {
      sentences.addAll(limits(reach));
    }
    if (definition.when() != null) {
      sentences.addAll(delivery(definition.delivery()));
    }
    sentences.add(goal(definition.goal()));
    return List.copyOf(sentences);
  }

  private String when(When when) {
    boolean own = definition.delivery().clock() == Delivery.Clock.USER;
    String clock = own ? ", by each user\u2019s own clock" : "";
    return switch (when) {
      case When.Now() -> "It is sent at once when it is launched.";
      case When.At at -> "It is sent " + WhenText.moment(at, own, format) + clock + ".";
      case When.Dates _ ->
          "It is sent " + lower(WhenText.plan(when, own, format)) + clock + ". " + ANEW;
      case When.Recurring _ -> {
        Optional<Instant> first =
            new Schedule(when, format.zone()).after(format.now()).map(Schedule.Due::at);
        yield "It is sent repeatedly: "
            + lower(WhenText.plan(when, own, format))
            + clock
            + first.map(at -> "; next " + (own ? format.local(at) : format.moment(at))).orElse("")
            + ". "
            + ANEW;
      }
    };
  }

  private String who(Rule who, ReachPart reach) {
    String rule = RuleText.of(who, names);
    if (reach.fit() == null) {
      return "It is for: " + rule + ".";
    }
    return "It is for: "
        + rule
        + ". As of now "
        + format.count(reach.fit(), "person fits", "people fit")
        + ", and "
        + format.number(reach.reachable())
        + " of them can be reached on "
        + definition.channel().title()
        + ".";
  }

  private String control(ReachPart reach) {
    int own = definition.controlGroup().percent();
    int system =
        definition.controlGroup().system() ? account.settings().systemControlGroup().percent() : 0;
    if (own == 0 && system == 0) {
      return "No one is held out, so there is nothing to compare with."
          + (reach.capped()
              ? " At most " + format.number(reach.target()) + " get the message."
              : "");
    }
    String who =
        (own == 0 ? "" : own + " in 100")
            + (own > 0 && system > 0 ? " and " : "")
            + (system == 0 ? "" : "the system control group (" + system + " in 100)");
    return WizardSteps.sentence(
        who
            + (reach.fit() == null
                ? " are held out to compare with"
                : " of those, together about "
                    + format.number(reach.held())
                    + ", are held out to compare with; "
                    + (reach.capped() ? "at most " : "about ")
                    + format.number(reach.target())
                    + " get the message"));
  }

  private List<String> limits(ReachPart reach) {
    List<String> sentences = new ArrayList<>();
    Limits limits = definition.limits();
    List<FrequencyCap> caps =
        account.settings().caps().stream()
            .filter(cap -> cap.channel() == definition.channel())
            .toList();
    if (!caps.isEmpty()) {
      sentences.add(
          limits.caps()
              ? "No one gets more than "
                  + caps.stream()
                      .map(
                          cap ->
                              format.count(cap.messages(), "message", "messages")
                                  + " in "
                                  + DisplayFormat.length(cap.within()))
                      .collect(Collectors.joining(" or "))
                  + " on this channel, other campaigns counted."
              : "The account\u2019s frequency caps do not hold for it.");
    }
    if (limits.gap() != null) {
      sentences.add(
          "No one gets a message of it within "
              + DisplayFormat.length(limits.gap())
              + " of the one before.");
    }
    LimitText.target(limits.target(), format)
        .ifPresent(most -> sentences.add("It is sent to " + most + "."));
    if (limits.safety() != null) {
      sentences.add(
          "A run for which more than "
              + format.number(limits.safety().longValue())
              + " people qualify is left out."
              + (reach.tooMany()
                  ? " As of now more do, so nothing would be sent: raise the number or choose"
                      + " fewer people."
                  : ""));
    }
    return sentences;
  }

  private List<String> delivery(Delivery delivery) {
    List<String> sentences = new ArrayList<>();
    if (delivery.clock() == Delivery.Clock.USER) {
      sentences.add(
          delivery.passed() == Delivery.Passed.NEXT_DAY
              ? "Where that time has passed already, the message comes the next day."
              : "Where that time has passed already, there is no message.");
    }
    quiet(delivery.quiet())
        .ifPresent(
            hours -> sentences.add("No one is disturbed from " + DeliveryText.hours(hours) + "."));
    if (delivery.cutOff() != null) {
      sentences.add("After " + delivery.cutOff() + " nothing of a run is tried any more.");
    }
    if (delivery.throttle() != null) {
      sentences.add(
          "At most "
              + format.number(delivery.throttle().messages())
              + " messages are sent in five minutes.");
    }
    return sentences;
  }

  private Optional<QuietHours> quiet(Delivery.Quiet quiet) {
    return switch (quiet) {
      case Delivery.Quiet.OfAccount() -> Optional.ofNullable(account.settings().quietHours());
      case Delivery.Quiet.None() -> Optional.empty();
      case Delivery.Quiet.Own(QuietHours hours) -> Optional.of(hours);
    };
  }

  private static String goal(@Nullable Goal goal) {
    return goal == null
        ? "It has no goal, so conversions are not counted."
        : "Counted as a conversion: " + CampaignText.goal(goal) + ".";
  }

  private static String lower(String words) {
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }
}
