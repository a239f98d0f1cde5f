package dev.carillon.engine.definition;

import dev.carillon.core.audience.PropertyCondition;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.definition.content.WhatReader;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.definition.json.Problems;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.ConditionReader;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.when.PeriodReader;
import dev.carillon.engine.definition.when.WhenReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a marketer decides of a campaign from JSON, whole or as changes to what was decided
 * before. Never throws on what was sent in.
 */
public final class DefinitionReader {
  private static final String[] MEMBERS = {
    "name", "channel", "labels", "when", "who", "controlGroup", "what", "goal", "delivery", "limits"
  };
  private static final List<String> CHANNELS =
      Arrays.stream(Channel.values()).map(Channel::key).toList();

  private static final List<String> TRUSTS =
      Arrays.stream(Goal.Trust.values()).map(Goal.Trust::key).toList();

  private final JsonPlace root;
  private final @Nullable CampaignDefinition before;

  private DefinitionReader(JsonPlace root, @Nullable CampaignDefinition before) {
    this.root = root;
    this.before = before;
  }

  /** A new definition. Name and channel are required; the rest may come later. */
  public static Reading<CampaignDefinition> read(JsonNode json) {
    return read(json, null);
  }

  /**
   * The definition with the members that are given in place of the old ones; null takes one away.
   */
  public static Reading<CampaignDefinition> change(CampaignDefinition before, JsonNode json) {
    return read(json, before);
  }

  /** A control group, as a definition has it. */
  public static Reading<ControlGroup> controlGroup(JsonNode json) {
    Problems problems = new Problems();
    return problems.reading(controlGroup(JsonPlace.root(json, problems)));
  }

  private static Reading<CampaignDefinition> read(
      JsonNode json, @Nullable CampaignDefinition before) {
    Problems problems = new Problems();
    return problems.reading(
        new DefinitionReader(JsonPlace.root(json, problems), before).definition());
  }

  private @Nullable CampaignDefinition definition() {
    if (!root.object(MEMBERS)) {
      return null;
    }
    String name = given("name") ? root.member("name").name(200) : old(CampaignDefinition::name);
    Channel channel =
        given("channel") ? channel(root.member("channel")) : old(CampaignDefinition::channel);
    List<String> labels =
        root.has("labels") ? labels(root.member("labels")) : old(CampaignDefinition::labels);
    When when = part("when", WhenReader::read, CampaignDefinition::when);
    Rule who = part("who", DefinitionReader::who, CampaignDefinition::who);
    ControlGroup control =
        part("controlGroup", DefinitionReader::controlGroup, CampaignDefinition::controlGroup);
    What what = what(channel);
    Goal goal = part("goal", DefinitionReader::goal, CampaignDefinition::goal);
    Delivery delivery = part("delivery", DeliveryReader::read, CampaignDefinition::delivery);
    Limits limits = part("limits", LimitsReader::read, CampaignDefinition::limits);
    return name == null || channel == null
        ? null
        : new CampaignDefinition(
            name,
            channel,
            labels == null ? List.of() : labels,
            when,
            who,
            control == null ? ControlGroup.NONE : control,
            what,
            goal,
            delivery == null ? Delivery.DEFAULT : delivery,
            limits == null ? Limits.NONE : limits);
  }

  /** Whether the member is to be read: it is there, or owed because there was nothing before. */
  private boolean given(String member) {
    return before == null || root.has(member);
  }

  private <T> @Nullable T old(Function<CampaignDefinition, @Nullable T> part) {
    return before == null ? null : part.apply(before);
  }

  private <T> @Nullable T part(
      String member,
      Function<JsonPlace, @Nullable T> read,
      Function<CampaignDefinition, @Nullable T> old) {
    if (!root.has(member)) {
      return old(old);
    }
    JsonPlace place = root.member(member);
    return place.absent() ? null : read.apply(place);
  }

  private @Nullable What what(@Nullable Channel channel) {
    if (channel == null) {
      return null;
    }
    if (before != null
        && before.what() != null
        && channel != before.channel()
        && !root.has("what")) {
      return root.member("channel")
          .no(Code.CONTRADICTION, "the content is for another channel; change what along with it");
    }
    return part("what", place -> WhatReader.read(place, channel), CampaignDefinition::what);
  }

  private static @Nullable Channel channel(JsonPlace place) {
    String key = place.oneOf(CHANNELS);
    return key == null ? null : Channel.ofKey(key).orElseThrow();
  }

  private static @Nullable List<String> labels(JsonPlace place) {
    return place.absent() ? List.of() : place.list(0, 20, label -> label.name(60));
  }

  private static @Nullable Rule who(JsonPlace place) {
    return place.object("rule") ? RuleReader.read(place.member("rule")) : null;
  }

  private static @Nullable ControlGroup controlGroup(JsonPlace place) {
    if (!place.object("percent", "system")) {
      return null;
    }
    JsonPlace share = place.member("percent");
    Long percent = share.absent() && place.has("system") ? Long.valueOf(0) : share.whole(0, 99);
    Boolean system = place.member("system").yes(true);
    return percent == null || system == null
        ? null
        : new ControlGroup(Math.toIntExact(percent), system);
  }

  private static Goal.@Nullable Trust trust(JsonPlace place) {
    if (place.absent()) {
      return Goal.Trust.TRUSTED;
    }
    String key = place.oneOf(TRUSTS);
    return key == null ? null : Goal.Trust.ofKey(key).orElseThrow();
  }

  private static @Nullable Goal goal(JsonPlace place) {
    if (!place.object("event", "within", "revenueProperty", "where", "trust")) {
      return null;
    }
    String event = place.member("event").name(ConditionReader.NAME_LENGTH);
    Duration within =
        PeriodReader.length(place.member("within"), Duration.ofSeconds(1), Duration.ofDays(366));
    JsonPlace revenue = place.member("revenueProperty");
    String revenueProperty = revenue.absent() ? null : revenue.name(ConditionReader.NAME_LENGTH);
    List<PropertyCondition> where =
        ConditionReader.conditions(place.member("where"), filter -> true);
    Goal.Trust trust = trust(place.member("trust"));
    return event == null || within == null || where == null || trust == null
        ? null
        : new Goal(event, where, within, revenueProperty, trust);
  }
}
