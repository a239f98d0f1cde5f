package dev.carillon.server.integration.harness;

import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/** A world in which campaigns were sent that differ in what they have to compare. */
public final class ComparedCampaigns {
  private static final int PEOPLE = 40;
  private static final String NUMBER = "9198740000";
  private static final String GOAL =
      ",'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}";

  public final SimulatedWorld world;

  /** Of two runs, with a control group and a goal; labels spring and Sale. */
  public final String twice;

  /** With a goal and without a control group; label Sale. */
  public final String once;

  /** Without a goal, without a label. */
  public final String aimless;

  /** Label idea. */
  public final String draft;

  public ComparedCampaigns(Path data) {
    world = new SimulatedWorld(data, 13, WebhookChaos.none());
    upload();
    refuse("01");
    LocalDateTime first =
        LocalDateTime.ofInstant(world.time.instant(), ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(5);
    twice =
        create(
            "Twice",
            "'spring','Sale'",
            "{'type':'dates','at':['%s','%s']}".formatted(first, first.plusHours(1)),
            ",'controlGroup':{'percent':30}" + GOAL);
    once = create("Once", "'Sale'", "{'type':'now'}", GOAL);
    aimless = create("Aimless", "", "{'type':'now'}", "");
    draft = create("Never sent", "'idea'", "{'type':'now'}", GOAL);
    sendAll(first);
    buy();
  }

  private void upload() {
    List<ObjectNode> users = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      ObjectNode record = Api.json("{'type':'profile'}").put("identity", "one-" + i);
      record
          .putObject("profileData")
          .put("Name", "One " + i)
          .put("Phone", "+%s%02d".formatted(NUMBER, i));
      users.add(record);
    }
    world.api.upload(users);
  }

  private void refuse(String last) {
    world
        .simulator
        .whatsApp()
        .script(
            new OutcomeRule(
                0,
                NUMBER + last,
                null,
                null,
                1,
                new Outcome.Refused(131026, null, null),
                new AtomicInteger()));
  }

  private String create(String name, String labels, String when, String more) {
    return world.create(
        """
        {'name':'%s','channel':'whatsapp','labels':[%s],'when':%s,'who':{'rule':{'everyone':true}},
         'what':{'template':{'name':'order_update','language':'en','parameters':['{{ Name }}','7']}}%s}"""
            .formatted(name, labels, when, more));
  }

  private void sendAll(LocalDateTime first) {
    world.launch(twice);
    world.launch(once);
    world.launch(aimless);
    world.runUntil(once, "completed");
    world.runUntil(aimless, "completed");
    for (int run = 0; run < 2; run++) {
      Instant due = first.plusHours(run).toInstant(ZoneOffset.UTC).plusSeconds(5);
      if (due.isAfter(world.time.instant())) {
        world.time.advanceBy(Duration.between(world.time.instant(), due));
      }
      world.runUntil(twice, run == 0 ? "awaitingNextRun" : "completed");
    }
    world.time.advanceBy(Duration.ofHours(1));
  }

  private void buy() {
    List<ObjectNode> purchases = new ArrayList<>();
    long now = world.time.instant().getEpochSecond();
    for (int i = 0; i < 12; i++) {
      ObjectNode record = Api.json("{'type':'event','evtName':'Charged'}");
      record.put("identity", "one-" + i).put("ts", now - 60);
      record.putObject("evtData").put("Amount", 5 + i);
      purchases.add(record);
    }
    world.api.upload(purchases);
    world.time.advanceBy(Duration.ofMinutes(5));
  }
}
