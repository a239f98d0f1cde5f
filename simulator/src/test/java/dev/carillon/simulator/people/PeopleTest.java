package dev.carillon.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PeopleTest {

  private static final long SEED = 42;
  private static final Encounter SALE =
      new Encounter("sale", 1, true, List.of("Show me", "Stop promotions"));

  private final People people = new People(SEED, PeopleSettings.lifelike());

  @Test
  void sameSeedAndNumberIsTheSamePerson() {
    People again = new People(SEED, PeopleSettings.lifelike());
    People others = new People(SEED + 1, PeopleSettings.lifelike());

    for (String phone : phones(100)) {
      SimulatedPerson person = people.person(phone);
      assertThat(again.person(phone)).isEqualTo(person);
      assertThat(others.person(phone)).isNotEqualTo(person);
      assertThat(again.react(person, SALE)).isEqualTo(people.react(person, SALE));
    }
  }

  @Test
  void behaveOnAverageAsTheSettingsSay() {
    PeopleSettings life = PeopleSettings.lifelike();
    List<Reaction> reactions =
        phones(20_000).stream().map(phone -> people.react(people.person(phone), SALE)).toList();

    assertThat(share(reactions, reaction -> reaction.read().isPresent()))
        .isBetween(life.reads() - 0.06, life.reads() + 0.03);
    assertThat(share(reactions, reaction -> reaction.delivered().isEmpty()))
        .isBetween(life.silent() * 0.7, life.silent() * 1.3);
    assertThat(share(reactions, Reaction::capped))
        .isBetween(life.capped() * 0.7, life.capped() * 1.3);
    assertThat(share(reactions, reaction -> !reaction.purchases().isEmpty()))
        .isBetween(0.003, 0.03);
    assertThat(reactions)
        .allMatch(
            reaction ->
                reaction.read().isEmpty()
                    || reaction.read().get().compareTo(reaction.delivered().orElseThrow()) >= 0);
  }

  @Test
  void faithfullyFasterWithPace() {
    People fast = new People(SEED, PeopleSettings.lifelike().atPace(100));
    for (String phone : phones(50)) {
      Reaction slow = people.react(people.person(phone), SALE);
      Reaction quick = fast.react(fast.person(phone), SALE);
      assertThat(quick.read().isPresent()).isEqualTo(slow.read().isPresent());
      slow.delivered()
          .ifPresent(
              at ->
                  assertThat(quick.delivered().orElseThrow())
                      .isCloseTo(at.dividedBy(100), Duration.ofMillis(1)));
    }
  }

  @Test
  void buyWithoutAnyMessageToo() {
    LocalDate monday = LocalDate.of(2026, 11, 2);
    List<Purchase> bought =
        phones(2000).stream()
            .flatMap(
                phone ->
                    monday
                        .datesUntil(monday.plusDays(14))
                        .flatMap(day -> people.purchasesOn(day, phone).stream()))
            .toList();

    double expected = 2000 * 14 * PeopleSettings.lifelike().buysAnyway();
    assertThat((double) bought.size()).isBetween(expected * 0.8, expected * 1.6);
    assertThat(bought)
        .allMatch(
            purchase ->
                !purchase.prompted()
                    && purchase.amount() > 0
                    && Math.abs(
                            purchase.items().stream().mapToDouble(Purchase.Item::price).sum()
                                - purchase.amount())
                        < 0.005);
  }

  private static List<String> phones(int count) {
    return IntStream.range(0, count).mapToObj(i -> "91982" + (1_000_000 + i)).toList();
  }

  private static double share(List<Reaction> reactions, Predicate<Reaction> test) {
    return reactions.stream().filter(test).count() / (double) reactions.size();
  }
}
