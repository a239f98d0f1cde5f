package dev.carillon.engine.campaign;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.SavedAudiences;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.definition.channel.ChannelModule;
import dev.carillon.engine.definition.content.ChannelModules;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds everything that keeps a campaign from being launched, all at once. */
final class LaunchCheck {
  private static final Duration LONGEST_WINDOW = Duration.ofDays(365);
  private static final int LONGEST_NAME = 200;

  private final Connections connections;
  private final ZoneId zone;
  private final List<LaunchProblem> problems = new ArrayList<>();

  private LaunchCheck(Connections connections, ZoneId zone) {
    this.connections = connections;
    this.zone = zone;
  }

  /** The problems of a definition that is to be launched now; empty when there are none. */
  static List<LaunchProblem> problems(
      CampaignDefinition definition,
      Connections connections,
      SavedAudiences saved,
      ZoneId zone,
      Instant now) {
    LaunchCheck check = new LaunchCheck(connections, zone);
    check.all(definition, now);
    if (definition.who() != null) {
      check.who(definition.who(), saved);
    }
    return List.copyOf(check.problems);
  }

  /** The problems of what a definition says alone, for a test send; empty when there are none. */
  static List<LaunchProblem> contentProblems(
      CampaignDefinition definition, Connections connections, ZoneId zone) {
    LaunchCheck check = new LaunchCheck(connections, zone);
    if (definition.what() == null) {
      check.add("/what", "missing", "This part is still empty.");
    } else {
      check.what(definition.what(), definition.channel());
    }
    return List.copyOf(check.problems);
  }

  private void all(CampaignDefinition definition, Instant now) {
    for (String member : definition.missing()) {
      add("/" + member, "missing", "This part is still empty.");
    }
    int length = definition.name().strip().length();
    if (length == 0 || definition.name().length() > LONGEST_NAME) {
      add("/name", "name", "A name has 1 to 200 characters.");
    }
    if (definition.when() != null) {
      WhenCheck.problems(definition.when(), definition.delivery(), zone, now, problems::add);
    }
    if (definition.what() != null) {
      what(definition.what(), definition.channel());
    }
    if (definition.goal() != null) {
      goal(definition.goal());
    }
  }

  private void who(Rule who, SavedAudiences saved) {
    List<SavedRules.Place> unknown = saved.unknown(who);
    for (SavedRules.Place place : unknown) {
      add(
          "/who/rule" + place.pointer(),
          "unknownReference",
          "There is no such segment or list any more. Choose another one.");
    }
    if (unknown.isEmpty()) {
      try {
        saved.resolved(who);
      } catch (AudienceException refused) {
        add("/who/rule", "unusable", String.valueOf(refused.getMessage()));
      }
    }
  }

  private void what(What what, Channel channel) {
    for (int connection : what.connections()) {
      through(connection, channel);
    }
    switch (what) {
      case What.Single(MessageContent message) -> message(message, channel, "/what");
      case Variants variants -> {
        for (int number = 0; number < variants.messages().size(); number++) {
          message(variants.messages().get(number), channel, "/what/variants/" + number);
        }
      }
    }
  }

  private void through(int connection, Channel channel) {
    Optional<Connected> connected = connections.connection(connection);
    if (connected.isEmpty()) {
      add("/what/provider", "unknownProvider", "There is no such connection.");
    } else {
      Provider provider = connected.get().provider();
      if (provider.channel() != channel) {
        add(
            "/what/provider",
            "wrongChannel",
            "This connection sends on " + provider.channel().key() + ".");
      }
      for (Provider.Problem problem : provider.check(connected.get().connection())) {
        add("/what/provider", "providerNotReady", problem.field() + ": " + problem.words());
      }
    }
  }

  private void message(MessageContent message, Channel channel, String pointer) {
    message.connections().stream()
        .flatMap(connection -> connections.connection(connection).stream())
        .flatMap(through -> through.provider().contentCheck().stream())
        .flatMap(check -> check.checkContent(message).stream())
        .distinct()
        .forEach(problem -> add(pointer + problem.pointer(), "content", problem.words()));
    ChannelModule module = ChannelModules.of(message);
    if (message.channel() != channel) {
      add(
          pointer + "/" + module.members().getFirst(),
          "wrongChannel",
          "What it says is for "
              + message.channel().title()
              + ", not for "
              + channel.title()
              + ".");
    }
    for (ChannelModule.Problem problem : module.check(message)) {
      add(pointer + problem.pointer(), problem.code(), problem.words());
    }
  }

  private void goal(Goal goal) {
    if (goal.event().isBlank()) {
      add("/goal/event", "missing", "Name the event that counts as a conversion.");
    }
    if (goal.within().compareTo(LONGEST_WINDOW) > 0) {
      add("/goal/within", "tooLong", "A conversion window is at most 365 days.");
    }
  }

  private void add(String pointer, String code, String words) {
    problems.add(new LaunchProblem(pointer, code, words));
  }
}
