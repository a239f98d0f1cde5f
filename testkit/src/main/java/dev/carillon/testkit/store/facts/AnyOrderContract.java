package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.PURCHASE;
import static dev.carillon.testkit.store.FactEntries.ZONE;
import static dev.carillon.testkit.store.FactEntries.appendAndSettle;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.event;
import static dev.carillon.testkit.store.FactEntries.fact;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.FactEntries.plan;
import static dev.carillon.testkit.store.FactEntries.reply;
import static dev.carillon.testkit.store.FactEntries.status;
import static dev.carillon.testkit.store.FactEntries.user;
import static dev.carillon.testkit.store.FactEntries.users;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.user.Device;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.campaign.Route;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.ledger.Recount;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * The numbers are the same in whatever order, how often and in how many parts things become known.
 * Intents alone come before what they lead to, because they are durable before their call.
 */
interface AnyOrderContract extends FactStoreKit<FactStore> {
  int USERS = 40;
  int CAMPAIGNS = 3;

  /** The campaign that goes to devices. */
  int PUSH = 3;

  @RepeatedTest(3)
  default void theOrderOfArrivalNeverMatters(RepetitionInfo repetition) {
    long seed = 4_200L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<Entry> entries = history(random, prepared(store()));
    appendAll(store(), entries, entries.size());
    List<Recount> expected = recounts(store());
    assertThat(expected.getFirst().counts().get("converted")).isPositive();
    assertThat(expected.getFirst().counts().get("replied")).isPositive();
    for (int i = 0; i < 3; i++) {
      FactStore other = another();
      prepared(other);
      List<Entry> shuffled = new ArrayList<>(entries);
      for (int twice = 0; twice < entries.size() / 4; twice++) {
        shuffled.add(entries.get(random.nextInt(entries.size())));
      }
      Collections.shuffle(shuffled, random);
      appendAll(other, shuffled, 8 + random.nextInt(60));
      assertThat(recounts(other)).as("seed %s, permutation %s", seed, i).isEqualTo(expected);
    }
  }

  static List<Recount> recounts(FactStore store) {
    List<Recount> recounts = new ArrayList<>();
    for (int campaign = 1; campaign <= CAMPAIGNS; campaign++) {
      recounts.add(store.recount(campaign, ZONE));
    }
    return recounts;
  }

  static void appendAll(FactStore store, List<Entry> entries, int atOnce) {
    for (int from = 0; from < entries.size(); from += atOnce) {
      store.append(entries.subList(from, Math.min(entries.size(), from + atOnce)));
      if (from % 3 == 0) {
        store.settle();
      }
    }
    store.settle();
  }

  /**
   * A message that was begun.
   *
   * @param at when
   */
  record Begun(int campaign, Outgoing message, Instant at) {}

  /** Plans and begins the campaigns: to each person's phone, and in two runs to all devices. */
  static List<Begun> prepared(FactStore store) {
    appendAndSettle(store, users(USERS));
    appendAndSettle(store, devices());
    List<Begun> all = new ArrayList<>();
    for (int campaign = 1; campaign <= CAMPAIGNS; campaign++) {
      if (campaign < PUSH) {
        plan(store, campaign, 20, PURCHASE);
        begin(store, campaign, 0, sendTime(campaign), all);
      } else {
        for (int run = 1; run <= 2; run++) {
          PlannedRun planned = store.plan(push(run)).run();
          begin(store, campaign, planned.firstSeq(), sendTime(campaign + run), all);
        }
      }
    }
    store.settle();
    return all;
  }

  private static PlanOrder push(int run) {
    return PlanOrderBuilder.of(PUSH, run, new Evaluation(NOW, ZONE))
        .on(Channel.PUSH)
        .through(new Route(4, "android"), new Route(5, "web"))
        .holdingOut(20)
        .aiming(PURCHASE)
        .order();
  }

  private static List<Entry> devices() {
    List<Entry> devices = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      Identity owner = Identity.user(user(i));
      for (int number = 0; number <= i % 3; number++) {
        Instant at = NOW.minus(Duration.ofDays(3));
        String platform = number == 1 ? "web" : "android";
        Device device =
            new Device("d" + i + "-" + number, platform, platform, "m" + number, true, at);
        devices.add(
            new Entry.OfDevice(
                new DeviceChange(owner, owner.key(), device, "token-" + device.id(), at)));
      }
    }
    return devices;
  }

  private static void begin(
      FactStore store, int campaign, int fromSeq, Instant at, List<Begun> all) {
    for (Outgoing outgoing : store.outgoing(campaign, fromSeq, Integer.MAX_VALUE)) {
      all.add(new Begun(campaign, outgoing, at));
      FactKind kind = outgoing.control() ? FactKind.GHOST_SENT : FactKind.ATTEMPTED;
      store.append(
          List.of(fact(campaign, outgoing.seq(), kind, outgoing.control() ? null : "1", at)));
    }
  }

  private static Instant sendTime(int campaign) {
    return NOW.plusSeconds(600L * campaign);
  }

  static List<Entry> history(Random random, List<Begun> messages) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      Begun begun = messages.get(i);
      Outgoing message = begun.message();
      if (!message.control()) {
        callbacks(random, begun, entries);
      }
      if (random.nextInt(3) > 0) {
        purchase(random, i, message, entries);
      }
    }
    return entries;
  }

  private static void callbacks(Random random, Begun begun, List<Entry> entries) {
    int campaign = begun.campaign();
    Outgoing message = begun.message();
    int seq = message.seq();
    Instant at = begun.at().plusSeconds(1 + random.nextInt(1500));
    String id = "wamid." + campaign + "." + seq;
    switch (random.nextInt(8)) {
      case 0 -> entries.add(fact(campaign, seq, FactKind.REFUSED, "131026", at));
      case 1 -> entries.add(fact(campaign, seq, FactKind.VIEWED, null, at));
      case 2 -> {
        // nothing is ever heard of it
      }
      default -> {
        entries.add(fact(campaign, seq, FactKind.ACCEPTED, null, id, at));
        entries.add(status(id, FactKind.RECEIPT_DELIVERED, at.plusSeconds(random.nextInt(90))));
        entries.add(status(id, FactKind.VIEWED, at.plusSeconds(random.nextInt(9000))));
        entries.add(
            fact(
                campaign, seq, FactKind.CLICKED, "1", "c" + random.nextInt(3), at.plusSeconds(60)));
      }
    }
    if (campaign < PUSH && random.nextInt(3) == 0) {
      String context = random.nextBoolean() ? id : null;
      String name = "IN." + message.address();
      boolean hidden = random.nextBoolean();
      entries.add(
          reply(hidden ? name : message.address(), "in." + campaign + "." + seq, at, context));
      if (hidden) {
        entries.add(acquaintance(random, campaign, message, name));
      }
    }
  }

  /** One of the signs by which a person without a phone number is identified. */
  private static Entry acquaintance(Random random, int campaign, Outgoing message, String name) {
    return random.nextBoolean()
        ? new Entry.AddressAlias(Channel.WHATSAPP, name, message.address())
        : new Entry.MessageRecipient(
            Channel.WHATSAPP, name, new MessageRef(campaign, message.seq()), null);
  }

  /** A purchase by the user or, before they identify themselves, by a visitor. */
  private static void purchase(Random random, int i, Outgoing message, List<Entry> entries) {
    Instant at = NOW.plusSeconds(random.nextInt(9000));
    String amount = random.nextInt(1, 900) + ".5";
    Identity visitor = Identity.anonymous("visitor" + i);
    if (random.nextBoolean()) {
      entries.add(charged(message.identity().value(), i, at, amount));
    } else {
      entries.add(event(visitor, "Charged", "{\"Amount\":" + amount + "}", i, at));
      entries.add(link(visitor, message.identity()));
    }
  }
}
