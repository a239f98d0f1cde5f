package dev.carillon.testkit.sending;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's definition as a test wants it: a draft without a control group that says nothing but
 * its name and channel, or another definition, and then what the test says.
 */
public final class DefinitionBuilder {
  private final String name;
  private final Channel channel;
  private List<String> labels;
  private @Nullable When when;
  private @Nullable Rule who;
  private ControlGroup controlGroup;
  private @Nullable What what;
  private @Nullable Goal goal;
  private Delivery delivery;
  private Limits limits;

  private DefinitionBuilder(CampaignDefinition definition) {
    name = definition.name();
    channel = definition.channel();
    labels = definition.labels();
    when = definition.when();
    who = definition.who();
    controlGroup = definition.controlGroup();
    what = definition.what();
    goal = definition.goal();
    delivery = definition.delivery();
    limits = definition.limits();
  }

  /** A draft for WhatsApp. */
  public static DefinitionBuilder named(String name) {
    return named(name, Channel.WHATSAPP);
  }

  public static DefinitionBuilder named(String name, Channel channel) {
    return like(CampaignDefinition.draft(name, channel, ControlGroup.NONE));
  }

  public static DefinitionBuilder like(CampaignDefinition definition) {
    return new DefinitionBuilder(definition);
  }

  public DefinitionBuilder labelled(String... names) {
    labels = List.of(names);
    return this;
  }

  public DefinitionBuilder going(@Nullable When time) {
    when = time;
    return this;
  }

  public DefinitionBuilder to(Rule rule) {
    who = rule;
    return this;
  }

  public DefinitionBuilder toEveryone() {
    return to(new Rule.Everyone());
  }

  /** With its own control group, and the system control group. */
  public DefinitionBuilder holdingOut(int percent) {
    return holdingOut(new ControlGroup(percent));
  }

  public DefinitionBuilder holdingOut(ControlGroup group) {
    controlGroup = group;
    return this;
  }

  public DefinitionBuilder saying(@Nullable What said) {
    what = said;
    return this;
  }

  /** The same message for all users. */
  public DefinitionBuilder saying(MessageContent content) {
    return saying(new What.Single(content));
  }

  /** With a template that has nothing to fill, through the scripted provider. */
  public DefinitionBuilder sayingSale() {
    return saying(
        new WhatsAppTemplate(
            ScriptedProvider.CONNECTION, "sale", "en", null, List.of(), List.of()));
  }

  public DefinitionBuilder aiming(Goal aim) {
    goal = aim;
    return this;
  }

  public DefinitionBuilder delivered(Delivery way) {
    delivery = way;
    return this;
  }

  public DefinitionBuilder within(Limits bounds) {
    limits = bounds;
    return this;
  }

  public CampaignDefinition definition() {
    return new CampaignDefinition(
        name, channel, labels, when, who, controlGroup, what, goal, delivery, limits);
  }
}
