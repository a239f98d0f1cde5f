package dev.carillon.simulator.people;

/**
 * Somebody behind a phone number, as drawn from the seed: the same seed and number are always the
 * same person.
 *
 * @param phone digits, no plus
 * @param profileName the name shown on WhatsApp, in any script
 * @param onWhatsApp whether the number can be reached at all
 * @param silent whether the phone is off, so that nothing is ever delivered
 * @param readReceipts whether reading is reported
 * @param deliverySeconds typical seconds from send to delivery
 * @param readingSeconds typical seconds from delivery to reading
 * @param reads how likely this person reads a message, 0 to 1
 * @param replies how likely, having read, this person replies
 * @param stops how likely, having read, this person asks to stop
 * @param buysAfterReading how likely, having read, this person buys
 * @param buysAnyway purchases a day without any message
 * @param basket typical amount of a purchase
 */
public record SimulatedPerson(
    String phone,
    String profileName,
    boolean onWhatsApp,
    boolean silent,
    boolean readReceipts,
    double deliverySeconds,
    double readingSeconds,
    double reads,
    double replies,
    double stops,
    double buysAfterReading,
    double buysAnyway,
    double basket) {}
