package dev.carillon.simulator.people;

/**
 * How people behave on average; each person deviates from it in their own way.
 *
 * @param pace how many times faster than life people get, read, answer and buy; above 0
 * @param notOnWhatsApp share of phone numbers without WhatsApp, 0 to 1
 * @param silent share of people whose phone is off for weeks: nothing is ever delivered
 * @param late share of messages that are delivered days late
 * @param capped share of marketing messages that Meta withholds from the person
 * @param readReceiptsOff share of people whose reading is never reported
 * @param reads how likely a message is read, averaged over people
 * @param replies probability of a reply by a reader
 * @param stops probability of an opt-out by a reader
 * @param buysAfterReading probability that a reader buys because of it, within three days
 * @param buysAnyway purchases a person and day without any message
 */
public record PeopleSettings(
    double pace,
    double notOnWhatsApp,
    double silent,
    double late,
    double capped,
    double readReceiptsOff,
    double reads,
    double replies,
    double stops,
    double buysAfterReading,
    double buysAnyway) {

  public PeopleSettings {
    if (!(pace > 0)) {
      throw new IllegalArgumentException("pace must be above zero: " + pace);
    }
    share("notOnWhatsApp", notOnWhatsApp);
    share("silent", silent);
    share("late", late);
    share("capped", capped);
    share("readReceiptsOff", readReceiptsOff);
    share("reads", reads);
    share("replies", replies);
    share("stops", stops);
    share("buysAfterReading", buysAfterReading);
    share("buysAnyway", buysAnyway);
  }

  /** People as they are. */
  public static PeopleSettings lifelike() {
    return new PeopleSettings(1, 0.03, 0.025, 0.004, 0.015, 0.22, 0.68, 0.045, 0.012, 0.015, 0.012);
  }

  /** Everybody gets and reads everything at once, and does nothing else. */
  public static PeopleSettings obedient() {
    return new PeopleSettings(1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
  }

  /** The same people, {@code pace} times as fast as life. */
  public PeopleSettings atPace(double newPace) {
    return new PeopleSettings(
        newPace,
        notOnWhatsApp,
        silent,
        late,
        capped,
        readReceiptsOff,
        reads,
        replies,
        stops,
        buysAfterReading,
        buysAnyway);
  }

  private static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1: " + value);
    }
  }
}
