package dev.carillon.testkit.store;

import dev.carillon.core.campaign.Goal;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.Settling;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.PlanningStore;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries to test with, and the first steps that most tests begin with. */
public final class FactEntries {
  public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  public static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
  public static final int CONNECTION = 7;
  public static final Goal PURCHASE = new Goal("Charged", List.of(), Duration.ofDays(2), "Amount");

  private FactEntries() {}

  public static Entry profile(String user, String properties, Instant at) {
    return profile(Identity.user(user), properties, at);
  }

  public static Entry profile(Identity identity, String properties, Instant at) {
    return new Entry.OfProfile(
        new ProfileChange(identity, identity.key(), properties, at, at.plusSeconds(1)));
  }

  public static Entry event(
      Identity identity, String name, String properties, long id, Instant at) {
    return new Entry.OfEvent(
        new UserEvent(identity, identity.key(), name, properties, id, at, at.plusSeconds(1)));
  }

  public static Entry charged(String user, long id, Instant at, String amount) {
    return event(Identity.user(user), "Charged", "{\"Amount\":" + amount + "}", id, at);
  }

  /** A purchase that is dated ahead: it is received now. */
  public static Entry chargedAhead(String user, long id, Instant at, String amount) {
    return chargedAhead(Identity.user(user), id, at, amount);
  }

  public static Entry chargedAhead(Identity identity, long id, Instant at, String amount) {
    return new Entry.OfEvent(
        new UserEvent(
            identity, identity.key(), "Charged", "{\"Amount\":" + amount + "}", id, at, NOW));
  }

  public static Entry link(Identity from, Identity to) {
    return new Entry.OfLink(new IdentityLink(from, to, NOW));
  }

  public static Entry fact(
      int campaign, int seq, FactKind kind, @Nullable String detail, Instant at) {
    return fact(campaign, seq, kind, detail, null, at);
  }

  public static Entry fact(
      int campaign,
      int seq,
      FactKind kind,
      @Nullable String detail,
      @Nullable String event,
      Instant at) {
    return new Entry.OfFact(
        new Fact(campaign, seq, kind, detail, event, at, at.plusSeconds(2), null, 0));
  }

  public static Entry reply(String from, String id, Instant at, @Nullable String context) {
    return new Entry.IncomingMessage(
        CONNECTION,
        Channel.WHATSAPP,
        id,
        from,
        at,
        at.plusSeconds(3),
        context,
        "text",
        "thanks",
        0,
        true);
  }

  /** A click on a link that the provider reports, without a reference of ours. */
  public static Entry click(String providerId, int link, String event, Instant at, int inbox) {
    return new Entry.UnmatchedStatus(
        CONNECTION,
        providerId,
        FactKind.CLICKED,
        Integer.toString(link),
        event,
        at,
        at.plusSeconds(3L + inbox),
        null,
        inbox);
  }

  public static Entry status(String providerId, FactKind kind, Instant at) {
    return new Entry.UnmatchedStatus(
        CONNECTION, providerId, kind, null, null, at, at.plusSeconds(3), null, 0);
  }

  /** The digits of the phone of the user with this number. */
  public static String phone(int number) {
    return "9198765" + (10_000 + number);
  }

  public static String user(int number) {
    return "user" + number;
  }

  /** Users 0 to n - 1, each with a name and a phone. */
  public static List<Entry> users(int n) {
    ArrayList<Entry> users = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      users.add(
          profile(
              user(i),
              "{\"Name\":\"Name " + i + "\",\"Phone\":\"+" + phone(i) + "\"}",
              NOW.minus(Duration.ofDays(30))));
    }
    return users;
  }

  public static PlanOrder order(int campaign, int controlPercent, @Nullable Goal goal) {
    return PlanOrderBuilder.of(campaign, 1, new Evaluation(NOW, ZONE))
        .holdingOut(controlPercent)
        .aiming(goal)
        .order();
  }

  public static PlannedRun plan(
      PlanningStore store, int campaign, int controlPercent, @Nullable Goal goal) {
    return store.plan(order(campaign, controlPercent, goal)).run();
  }

  /** The number of the message that a campaign has for a user. */
  public static int seqOf(MessageStore store, int campaign, String user) {
    return store.outgoing(campaign, 0, Integer.MAX_VALUE).stream()
        .filter(outgoing -> outgoing.identity().value().equals(user))
        .findFirst()
        .orElseThrow()
        .seq();
  }

  public static <S extends EntryJournal & Settling> void appendAndSettle(
      S store, List<Entry> entries) {
    store.append(entries);
    store.settle();
  }

  public static <S extends EntryJournal & Settling> void appendAndSettle(
      S store, Entry... entries) {
    appendAndSettle(store, List.of(entries));
  }
}
