package dev.carillon.simulator.people;

import dev.carillon.simulator.time.SeededDraws;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Everybody there is: who is behind a phone number, how they react to a message and what they buy
 * on their own. Draws depend only on the seed and what they are for, so the same seed makes the
 * same world. Immutable.
 */
public final class People {

  private static final List<String> REPLIES =
      List.of(
          "Thanks!",
          "Is this still available?",
          "Where is your nearest shop?",
          "Nice 👍",
          "क्या यह COD पर मिलेगा?",
          "Obrigado, já comprei",
          "¿Hay talla 42?",
          "Ok",
          "How long does delivery take?",
          "Sudah habis ya?",
          "Please call me");
  private static final List<String> STOP_WORDS = List.of("STOP", "Stop", "stop", "UNSUBSCRIBE");
  private static final double MOST_LIKELY = 0.97;

  private final long seed;
  private final PeopleSettings settings;

  public People(long seed, PeopleSettings settings) {
    this.seed = seed;
    this.settings = settings;
  }

  public PeopleSettings settings() {
    return settings;
  }

  /**
   * The person behind a phone number.
   *
   * @param phone digits, no plus
   */
  public SimulatedPerson person(String phone) {
    RandomGenerator draws = SeededDraws.of(seed, "person", phone);
    boolean onWhatsApp = draws.nextDouble() >= settings.notOnWhatsApp();
    boolean silent = draws.nextDouble() < settings.silent();
    boolean receipts = draws.nextDouble() >= settings.readReceiptsOff();
    double interest = Math.exp(0.5 * draws.nextGaussian());
    return new SimulatedPerson(
        phone,
        Country.ofPhone(phone).names().profileName(draws),
        onWhatsApp,
        silent,
        receipts,
        Math.min(600, 2 * Math.exp(1.1 * draws.nextGaussian())),
        Math.min(86_400, 500 * Math.exp(1.3 * draws.nextGaussian())),
        around(settings.reads(), draws),
        likely(settings.replies() * interest),
        likely(settings.stops() / interest),
        likely(settings.buysAfterReading() * interest),
        settings.buysAnyway() * interest,
        55 * Math.exp(0.6 * draws.nextGaussian()));
  }

  /** What {@code person} does about a message. */
  public Reaction react(SimulatedPerson person, Encounter encounter) {
    RandomGenerator draws =
        SeededDraws.of(
            seed, "react", person.phone(), encounter.topic(), Integer.toString(encounter.number()));
    boolean capped = encounter.marketing() && draws.nextDouble() < settings.capped();
    Optional<Duration> delivered = person.silent() ? Optional.empty() : delivery(person, draws);
    if (delivered.isEmpty() || draws.nextDouble() >= person.reads()) {
      return new Reaction(delivered, Optional.empty(), false, capped, List.of(), List.of());
    }
    // every tenth reader has the chat open: delivered and read are one moment
    double wait =
        draws.nextInt(10) == 0 ? 0 : person.readingSeconds() * Math.exp(0.8 * draws.nextGaussian());
    Duration read = delivered.get().plus(paced(wait));
    return new Reaction(
        delivered,
        Optional.of(read),
        person.readReceipts(),
        capped,
        answers(person, encounter, read, draws),
        purchases(person, encounter, read, draws));
  }

  /**
   * What somebody buys on one day (UTC) without any message; mostly nothing.
   *
   * @param buyer the phone number or identity to name in the purchases
   */
  public List<Purchase> purchasesOn(LocalDate day, String buyer) {
    SimulatedPerson person = person(buyer);
    RandomGenerator draws = SeededDraws.of(seed, "buys", buyer, day.toString());
    double expected = person.buysAnyway() * Rhythm.ofDay(day);
    List<Purchase> purchases = new ArrayList<>(1);
    for (double left = expected; draws.nextDouble() < left; left *= 0.2) {
      Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(Rhythm.timeOfDay(draws));
      List<Purchase.Item> items = Goods.basket(draws, amount(person, draws));
      purchases.add(new Purchase(buyer, at, Goods.total(items), items, false));
    }
    return purchases;
  }

  private Optional<Duration> delivery(SimulatedPerson person, RandomGenerator draws) {
    if (draws.nextDouble() < settings.late()) {
      return Optional.of(paced(Duration.ofDays(1).toSeconds() * (1 + 13 * draws.nextDouble())));
    }
    return Optional.of(paced(1 + person.deliverySeconds() * Math.exp(0.7 * draws.nextGaussian())));
  }

  private List<Reaction.Answer> answers(
      SimulatedPerson person, Encounter encounter, Duration read, RandomGenerator draws) {
    Duration after = read.plus(paced(20 + 180 * -Math.log(1 - draws.nextDouble())));
    double drawn = draws.nextDouble();
    boolean inContext = draws.nextInt(10) < 4;
    if (drawn < person.stops()) {
      return List.of(stop(encounter, after, inContext, draws));
    }
    if (drawn < person.stops() + person.replies()) {
      List<String> buttons = encounter.buttons();
      int button = buttons.isEmpty() || draws.nextBoolean() ? -1 : draws.nextInt(buttons.size());
      if (button >= 0 && !isStop(buttons.get(button))) {
        return List.of(
            new Reaction.Answer(after, buttons.get(button), button, true, Reaction.Stop.NO));
      }
      String text = REPLIES.get(draws.nextInt(REPLIES.size()));
      return List.of(new Reaction.Answer(after, text, -1, inContext, Reaction.Stop.NO));
    }
    return List.of();
  }

  private static Reaction.Answer stop(
      Encounter encounter, Duration after, boolean inContext, RandomGenerator draws) {
    List<String> buttons = encounter.buttons();
    for (int i = 0; i < buttons.size(); i++) {
      if (isStop(buttons.get(i)) && draws.nextInt(4) > 0) {
        return new Reaction.Answer(after, buttons.get(i), i, true, Reaction.Stop.BY_MESSAGE);
      }
    }
    if (encounter.marketing() && draws.nextInt(4) == 0) {
      return new Reaction.Answer(after, "", -1, false, Reaction.Stop.BY_PREFERENCE);
    }
    String word = STOP_WORDS.get(draws.nextInt(STOP_WORDS.size()));
    return new Reaction.Answer(after, word, -1, inContext, Reaction.Stop.BY_MESSAGE);
  }

  private List<Reaction.PromptedPurchase> purchases(
      SimulatedPerson person, Encounter encounter, Duration read, RandomGenerator draws) {
    if (draws.nextDouble() >= likely(person.buysAfterReading() * appeal(encounter.topic()))) {
      return List.of();
    }
    // most buy within the hour, some within three days
    double hours = Math.min(72, 0.8 * Math.exp(1.5 * draws.nextGaussian()));
    List<Purchase.Item> items = Goods.basket(draws, amount(person, draws));
    return List.of(
        new Reaction.PromptedPurchase(
            read.plus(paced(60 + hours * 3600)), Goods.total(items), items));
  }

  /** How much a topic makes people buy, 0.4 to 1.8, so that campaigns differ. */
  private double appeal(String topic) {
    return 0.4 + 1.4 * SeededDraws.of(seed, "appeal", topic).nextDouble();
  }

  private static double amount(SimulatedPerson person, RandomGenerator draws) {
    return person.basket() * Math.exp(0.35 * draws.nextGaussian());
  }

  private static boolean isStop(String button) {
    return button.toLowerCase(Locale.ROOT).contains("stop");
  }

  private Duration paced(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000 / settings.pace()));
  }

  /** A person's own likelihood around an average; a certainty stays one. */
  private static double around(double average, RandomGenerator draws) {
    double deviation = 0.18 * draws.nextGaussian();
    return average == 0 || average == 1 ? average : likely(average + deviation);
  }

  private static double likely(double value) {
    return Math.clamp(value, 0, MOST_LIKELY);
  }
}
