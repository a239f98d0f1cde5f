package dev.carillon.simulator.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LifelikeUsersTest {

  private static final long SEED = 7;
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  private final LifelikeUsers users = users(5000);

  @Test
  void sameSeedSameUsersAndEvents() {
    LifelikeUsers again = users(5000);

    assertThat(again.users()).containsExactlyElementsOf(users.users().toList());
    assertThat(again.eventsOn(TODAY)).isEqualTo(users.eventsOn(TODAY)).isNotEmpty();
  }

  @Test
  void everyCountrysNumbersAreValidMobileNumbers() throws NumberParseException {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    SplittableRandom draws = new SplittableRandom(SEED);
    assertThat(Country.ALL.stream().mapToInt(Country::share).sum()).isEqualTo(100);
    for (Country country : Country.ALL) {
      for (int i = 0; i < 500; i++) {
        String mobile = country.mobile(draws);
        var parsed = numbers.parse(mobile, null);
        assertThat(numbers.isValidNumber(parsed))
            .as("%s of %s, seed %d", mobile, country.name(), SEED)
            .isTrue();
        assertThat(numbers.getNumberType(parsed))
            .isIn(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);
      }
      String tooShort = country.tooShort(draws);
      assertThat(numbers.isValidNumber(numbers.parse(tooShort, null))).as(tooShort).isFalse();
    }
  }

  @Test
  void aFewPhonesAreMissingInvalidOrShared() {
    List<LifelikeUser> all = users.users().toList();
    List<String> phones = all.stream().map(LifelikeUser::phone).filter(Objects::nonNull).toList();
    int missing = all.size() - phones.size();
    int shared = phones.size() - new HashSet<>(phones).size();
    long invalid = phones.stream().filter(phone -> phone.length() < 10).count();

    assertThat(missing).isBetween(60, 200);
    assertThat(shared).isBetween(10, 90);
    assertThat(invalid).isBetween(30L, 140L);
    assertThat(all.stream().map(LifelikeUser::identity).distinct()).hasSize(5000);
    assertThat(all.stream().map(LifelikeUser::country).distinct()).hasSize(Country.ALL.size());
    assertThat(all).allMatch(user -> !user.signupDate().isAfter(TODAY) && user.age() >= 18);
    assertThat(all)
        .allMatch(
            user -> user.email() == null || user.email().matches("[a-z.]+\\d+@example\\.com"));
  }

  @Test
  void ninetyDaysHaveARhythm() {
    LocalDate from = TODAY.minusDays(90);
    List<LifelikeEvent> events = users.events(from, TODAY).toList();
    Map<String, Long> byName =
        events.stream().collect(Collectors.groupingBy(LifelikeEvent::name, Collectors.counting()));

    assertThat(byName.keySet())
        .containsExactlyInAnyOrder(
            "App Launched", "Product Viewed", "Added To Cart", "Searched", "Charged");
    assertThat(events.size() / 5000.0).as("events a user").isBetween(10.0, 50.0);
    Map<String, LocalDate> signups =
        users.users().collect(Collectors.toMap(LifelikeUser::identity, LifelikeUser::signupDate));
    assertThat(events)
        .allMatch(
            event ->
                !LocalDate.ofInstant(event.at(), ZoneOffset.UTC)
                    .isBefore(signups.get(event.identity())));
    assertThat(byName.get("Product Viewed")).isGreaterThan(byName.get("Added To Cart"));
    List<LifelikeEvent> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparing(LifelikeEvent::at));
    assertThat(events.stream().map(LifelikeEvent::at).toList())
        .isEqualTo(sorted.stream().map(LifelikeEvent::at).toList());
    long night = events.stream().filter(event -> hour(event) < 6).count();
    long evening = events.stream().filter(event -> hour(event) >= 18).count();
    assertThat(evening).isGreaterThan(3 * night);
    assertThat(events.stream().filter(event -> event.name().equals("Charged")))
        .allMatch(event -> event.properties().get("Amount") instanceof Double amount && amount > 0);
  }

  private static int hour(LifelikeEvent event) {
    return event.at().atZone(ZoneOffset.UTC).getHour();
  }

  private static LifelikeUsers users(int count) {
    return new LifelikeUsers(SEED, count, TODAY, 1, new People(SEED, PeopleSettings.lifelike()));
  }
}
