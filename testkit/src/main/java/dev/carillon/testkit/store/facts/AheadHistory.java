package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.charged;
import static dev.carillon.testkit.store.FactEntries.chargedAhead;
import static dev.carillon.testkit.store.FactEntries.link;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens in the campaigns of {@link AnyOrderContract}, with purchases dated ahead. */
final class AheadHistory {
  /** When everything's time has come. */
  static final Instant END = NOW.plus(Duration.ofDays(1));

  private static final int FIRST_ID = 1_000;

  private AheadHistory() {}

  static List<Entry> of(Random random, List<AnyOrderContract.Begun> messages) {
    List<Entry> entries = AnyOrderContract.history(random, messages);
    for (int i = 0; i < messages.size(); i++) {
      if (random.nextBoolean()) {
        purchase(random, i, messages.get(i).message().identity(), entries);
      }
    }
    return entries;
  }

  /** A purchase by the user or, before they identify themselves, by a visitor. */
  private static void purchase(Random random, int i, Identity user, List<Entry> entries) {
    Instant at = NOW.plusSeconds(1 + random.nextInt(20_000));
    String amount = random.nextInt(1, 900) + ".25";
    Identity buyer = random.nextBoolean() ? user : Identity.anonymous("later" + i);
    entries.add(chargedAhead(buyer, FIRST_ID + i, at, amount));
    if (random.nextInt(4) == 0) {
      entries.add(charged(user.value(), 2L * FIRST_ID + i, at, amount));
    }
    if (!buyer.equals(user)) {
      entries.add(link(buyer, user));
    }
  }

  /** The conversions that were dated ahead, and reported before their time. */
  static List<String> early(Applied applied, Instant now) {
    List<String> early = new ArrayList<>();
    for (Fact fact : applied.facts()) {
      if (fact.kind() == FactKind.CONVERTED
          && fact.at().isAfter(fact.receivedAt())
          && fact.at().isAfter(now)) {
        early.add(fact + " at " + now);
      }
    }
    return early;
  }
}
