package dev.carillon.testkit.sending;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.campaign.LocalDeliveryTimes;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.audience.Audience;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.ControlShares;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to plan a run as a test needs it: to everyone on WhatsApp at once, no one held out and
 * without limits, through one connection, and then what the test says.
 */
public final class PlanOrderBuilder {
  private final int campaign;
  private final int run;
  private final Evaluation evaluation;
  private Channel channel = Channel.WHATSAPP;
  private List<Route> routes = List.of(new Route(ScriptedProvider.CONNECTION, null));
  private Rule who = new Rule.Everyone();
  private ControlShares control = ControlShares.NONE;
  private Limits limits = Limits.NONE;
  private @Nullable Goal goal;
  private @Nullable LocalDeliveryTimes userTimes;
  private @Nullable Variants variants;

  private PlanOrderBuilder(int campaign, int run, Evaluation evaluation) {
    this.campaign = campaign;
    this.run = run;
    this.evaluation = evaluation;
  }

  public static PlanOrderBuilder of(int campaign, int run, Evaluation evaluation) {
    return new PlanOrderBuilder(campaign, run, evaluation);
  }

  public PlanOrderBuilder on(Channel other) {
    channel = other;
    return this;
  }

  public PlanOrderBuilder through(Route... several) {
    routes = List.of(several);
    return this;
  }

  public PlanOrderBuilder to(Rule rule) {
    who = rule;
    return this;
  }

  /** With a control group of the campaign's own. */
  public PlanOrderBuilder holdingOut(int percent) {
    return holdingOut(percent, 0);
  }

  public PlanOrderBuilder holdingOut(int own, int system) {
    control = new ControlShares(own, system);
    return this;
  }

  public PlanOrderBuilder within(Limits bounds) {
    limits = bounds;
    return this;
  }

  public PlanOrderBuilder aiming(@Nullable Goal aim) {
    goal = aim;
    return this;
  }

  /** By the users' own clocks. */
  public PlanOrderBuilder at(LocalDeliveryTimes times) {
    userTimes = times;
    return this;
  }

  public PlanOrderBuilder saying(Variants messages) {
    variants = messages;
    return this;
  }

  public PlanOrder order() {
    return new PlanOrder(
        campaign,
        run,
        new Audience(channel, who, evaluation),
        control,
        limits,
        goal,
        userTimes,
        variants,
        routes);
  }
}
