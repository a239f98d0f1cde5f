package dev.carillon.simulator.people;

import dev.carillon.simulator.time.SeededDraws;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Users with their properties and what they do day by day. Every user and every day of a user is a
 * function of the seed alone, so any part can be generated at any time, in any order, and always
 * comes out the same. Immutable.
 */
public final class LifelikeUsers {

  /** Most purchases a day without a message; the rest of a session is views. */
  private static final double SESSIONS_A_DAY = 0.035;

  private static final int SIGNUP_DAYS = 700;

  private final long seed;
  private final int count;
  private final LocalDate today;
  private final double activity;
  private final People people;

  /**
   * @param count how many users there are
   * @param today the day (UTC) that sign-up dates count back from; it is fixed by the caller so
   *     that a seed makes the same users whenever it is used
   * @param activity how much users do; 1 is about 20 events a user in 90 days
   * @param people decide what users buy on their own
   */
  public LifelikeUsers(long seed, int count, LocalDate today, double activity, People people) {
    this.seed = seed;
    this.count = count;
    this.today = today;
    this.activity = activity;
    this.people = people;
  }

  public int count() {
    return count;
  }

  public Stream<LifelikeUser> users() {
    return IntStream.range(0, count).mapToObj(this::user);
  }

  /** The user number {@code index}, from 0 to {@link #count} - 1. */
  public LifelikeUser user(int index) {
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(index);
    }
    RandomGenerator draws = SeededDraws.of(seed, "user", Integer.toString(index));
    Country country = Country.any(draws);
    boolean woman = draws.nextBoolean();
    String given = country.names().given(woman, draws);
    String family = country.names().family(draws);
    int plan = draws.nextInt(10);
    return new LifelikeUser(
        identity(index),
        given + " " + family,
        draws.nextInt(50) == 0 ? null : email(given, family, index),
        phone(index, country, draws),
        country.city(draws),
        country.name(),
        country.language(),
        plan < 7 ? "free" : plan < 9 ? "plus" : "pro",
        woman ? "F" : "M",
        18 + (int) Math.min(60, 6 + 12 * Math.abs(draws.nextGaussian())),
        (int) (400 * -Math.log(1 - draws.nextDouble())),
        signupDate(identity(index)),
        draws.nextInt(100) >= 4);
  }

  /**
   * The events of all users on the days from {@code from} until before {@code until} (UTC), in
   * order of time.
   */
  public Stream<LifelikeEvent> events(LocalDate from, LocalDate until) {
    return from.datesUntil(until).flatMap(day -> eventsOn(day).stream());
  }

  /** The events of all users on one day (UTC), in order of time. */
  public List<LifelikeEvent> eventsOn(LocalDate day) {
    List<LifelikeEvent> events = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      addEvents(index, day, events);
    }
    events.sort(Comparator.comparing(LifelikeEvent::at).thenComparing(LifelikeEvent::identity));
    return events;
  }

  private void addEvents(int index, LocalDate day, List<LifelikeEvent> events) {
    String identity = identity(index);
    if (day.isBefore(signupDate(identity))) {
      return;
    }
    RandomGenerator draws = SeededDraws.of(seed, "day", identity, day.toString());
    // a few are there every day, many hardly ever
    double zeal = Math.pow(SeededDraws.of(seed, "zeal", identity).nextDouble(), 3) * 4;
    Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    if (draws.nextDouble() < SESSIONS_A_DAY * activity * zeal * Rhythm.ofDay(day)) {
      List<LifelikeEvent> session = new ArrayList<>();
      browse(identity, midnight.plus(Rhythm.timeOfDay(draws)), draws, session);
      Instant nextMidnight = midnight.plus(Duration.ofDays(1));
      // a session ends at midnight, so that a day can be generated without the one before
      session.stream().filter(event -> event.at().isBefore(nextMidnight)).forEach(events::add);
    }
    for (Purchase purchase : people.purchasesOn(day, identity)) {
      Instant start = purchase.at().minus(Duration.ofMinutes(2 + draws.nextInt(20)));
      start = start.isBefore(midnight) ? midnight : start;
      events.add(event(identity, "App Launched", start, ordered("Source", source(draws))));
      events.add(charged(identity, purchase));
    }
  }

  private static void browse(
      String identity, Instant start, RandomGenerator draws, List<LifelikeEvent> events) {
    Instant at = start;
    events.add(event(identity, "App Launched", at, ordered("Source", source(draws))));
    int looks = (int) (4 * -Math.log(1 - draws.nextDouble()));
    for (int i = 0; i < looks; i++) {
      at = at.plusSeconds(5 + draws.nextInt(90));
      Purchase.Item item = Goods.any(draws);
      if (draws.nextInt(5) == 0) {
        events.add(
            event(
                identity,
                "Searched",
                at,
                ordered(
                    "Query",
                    item.category().toLowerCase(Locale.ROOT),
                    "Results",
                    draws.nextInt(80))));
        at = at.plusSeconds(3 + draws.nextInt(20));
      }
      Map<String, Object> product =
          ordered("Product", item.name(), "Category", item.category(), "Price", item.price());
      events.add(event(identity, "Product Viewed", at, product));
      if (draws.nextInt(6) == 0) {
        at = at.plusSeconds(4 + draws.nextInt(40));
        events.add(event(identity, "Added To Cart", at, product));
      }
    }
  }

  /** The event of {@code purchase} by the user {@code identity}. */
  public static LifelikeEvent charged(String identity, Purchase purchase) {
    List<Map<String, Object>> items =
        purchase.items().stream()
            .map(
                item ->
                    ordered(
                        "Name", item.name(), "Category", item.category(), "Price", item.price()))
            .toList();
    return event(
        identity,
        "Charged",
        purchase.at(),
        ordered("Amount", purchase.amount(), "Payment mode", payment(identity), "Items", items));
  }

  /** Names and values in turn, kept in this order so that a seed makes the same JSON each time. */
  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  private static LifelikeEvent event(
      String identity, String name, Instant at, Map<String, Object> properties) {
    return new LifelikeEvent(identity, name, at.truncatedTo(ChronoUnit.SECONDS), properties);
  }

  private LocalDate signupDate(String identity) {
    double draw = SeededDraws.of(seed, "signup", identity).nextDouble();
    return today.minusDays((long) (SIGNUP_DAYS * Math.pow(draw, 0.6)));
  }

  private static String payment(String identity) {
    return List.of("Card", "UPI", "Wallet", "Cash").get(Math.floorMod(identity.hashCode(), 4));
  }

  private static String source(RandomGenerator draws) {
    return draws.nextInt(3) == 0 ? "web" : draws.nextInt(4) == 0 ? "iOS" : "Android";
  }

  private @Nullable String phone(int index, Country country, RandomGenerator draws) {
    int kind = draws.nextInt(1000);
    if (kind < 25) {
      return null;
    }
    if (kind < 40) {
      return country.tooShort(draws);
    }
    if (kind < 48 && index > 0) {
      return user(draws.nextInt(index)).phone();
    }
    return country.mobile(draws);
  }

  private static String email(String given, String family, int index) {
    String local =
        Normalizer.normalize((given + "." + family).replace("ß", "ss"), Normalizer.Form.NFD)
            .replaceAll("[^A-Za-z.]", "")
            .toLowerCase(Locale.ROOT);
    return local + index + "@example.com";
  }

  private static String identity(int index) {
    return String.format(Locale.ROOT, "user-%06d", index);
  }
}
