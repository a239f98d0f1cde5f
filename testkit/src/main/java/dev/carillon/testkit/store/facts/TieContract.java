package dev.carillon.testkit.store.facts;

import static dev.carillon.testkit.store.FactEntries.NOW;
import static dev.carillon.testkit.store.FactEntries.link;
import static dev.carillon.testkit.store.facts.AnyOrderContract.appendAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.BodyPlace;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.testkit.store.FactStoreKit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Changes of few seconds by many bodies: the later record of a body counts, of bodies the one that
 * arrived later, and a no that ties with a yes of another body; in whatever order and however often
 * records become known.
 */
interface TieContract extends FactStoreKit<FactStore> {
  int PEOPLE = 12;
  int BODIES = 30;

  @RepeatedTest(3)
  default void recordsOfOneSecondEndAsANaiveReadingDoes(RepetitionInfo repetition) {
    long seed = 6_600L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<ProfileChange> changes = bodies(random);
    List<Entry> entries = new ArrayList<>();
    changes.forEach(change -> entries.add(new Entry.OfProfile(change)));
    for (int person = 0; person < PEOPLE / 2; person++) {
      entries.add(link(visitor(person), user(person)));
    }
    appendAll(store(), entries, 20);
    assertNaive("seed " + seed + ", as they came", store(), changes);

    List<Entry> again = new ArrayList<>();
    changes.forEach(change -> again.add(new Entry.OfProfile(receivedLater(change))));
    appendAll(store(), again, 20);
    assertNaive("seed " + seed + ", all sent again", store(), changes);
    assertNaive("seed " + seed + ", opened again", reopened(), changes);

    FactStore other = another();
    for (int twice = 0; twice < changes.size() / 3; twice++) {
      entries.add(entries.get(random.nextInt(entries.size())));
    }
    Collections.shuffle(entries, random);
    appendAll(other, entries, 1 + random.nextInt(30));
    assertNaive("seed " + seed + ", in disorder", other, changes);
  }

  private static List<ProfileChange> bodies(Random random) {
    List<ProfileChange> changes = new ArrayList<>();
    for (int body = 1; body <= BODIES; body++) {
      Instant receivedAt = NOW.plusSeconds(60 + body);
      int records = 1 + random.nextInt(6);
      for (int position = 0; position < records; position++) {
        int person = random.nextInt(PEOPLE);
        boolean asVisitor = person < PEOPLE / 2 && random.nextInt(3) == 0;
        Identity identity = asVisitor ? visitor(person) : user(person);
        changes.add(
            new ProfileChange(
                identity,
                identity.key(),
                "{\"city\":\"c%d\",\"n\":%d,\"MSG-whatsapp\":%s}"
                    .formatted(random.nextInt(20), random.nextInt(20), random.nextInt(4) > 0),
                NOW.plusSeconds(random.nextInt(3)),
                receivedAt,
                new BodyPlace(7_000 - body, position),
                true));
      }
    }
    return changes;
  }

  private static ProfileChange receivedLater(ProfileChange change) {
    return new ProfileChange(
        change.identity(),
        change.userKey(),
        change.properties(),
        change.at(),
        change.receivedAt().plusSeconds(3_600),
        change.place(),
        true);
  }

  private static Identity user(int person) {
    return Identity.user("tied" + person);
  }

  private static Identity visitor(int person) {
    return Identity.anonymous("tied-visitor" + person);
  }

  private static int person(ProfileChange change) {
    return Integer.parseInt(change.identity().value().replaceAll("\\D", ""));
  }

  private static void assertNaive(String words, FactStore store, List<ProfileChange> changes) {
    Map<Integer, List<ProfileChange>> byPerson = new TreeMap<>();
    changes.forEach(
        change -> byPerson.computeIfAbsent(person(change), any -> new ArrayList<>()).add(change));
    byPerson.forEach(
        (number, theirs) -> {
          Person person = store.person(user(number)).orElseThrow();
          Instant latest =
              theirs.stream().map(ProfileChange::at).max(Instant::compareTo).orElseThrow();
          List<ProfileChange> tied =
              theirs.stream().filter(change -> change.at().equals(latest)).toList();
          boolean welcome = noBodySaysNo(tied);
          String last = tied.getLast().properties();
          int city = last.indexOf("\"n\":");
          int wish = last.indexOf(",\"MSG");
          assertThat(person.properties())
              .as("%s: person %s", words, number)
              .contains(last.substring(1, city))
              .contains(last.substring(city, wish))
              .contains("\"MSG-whatsapp\":" + welcome);
          assertThat(person.subscribed())
              .as("%s: person %s", words, number)
              .containsEntry(Channel.WHATSAPP, welcome);
        });
  }

  private static boolean noBodySaysNo(List<ProfileChange> tied) {
    Map<Long, Boolean> lastWords = new HashMap<>();
    tied.forEach(
        change ->
            lastWords.put(change.place().body(), change.properties().contains("whatsapp\":true")));
    return !lastWords.containsValue(false);
  }
}
