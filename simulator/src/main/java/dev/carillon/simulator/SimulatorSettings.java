package dev.carillon.simulator;

import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.people.PurchaseSink;

/**
 * What a simulator starts with.
 *
 * @param seed of everything that is drawn
 * @param purchases receives what people buy because of a message
 * @param keepMessages how many accepted messages are kept whole; references are counted without
 *     limit
 */
public record SimulatorSettings(
    long seed,
    PeopleSettings people,
    WhatsAppSettings whatsApp,
    PurchaseSink purchases,
    int keepMessages) {

  private static final int KEEP_MESSAGES = 1_000_000;

  /** Lifelike people, Meta's limits, callbacks without chaos, purchases only recorded. */
  public static SimulatorSettings seeded(long seed) {
    return new SimulatorSettings(
        seed,
        PeopleSettings.lifelike(),
        WhatsAppSettings.standard(),
        purchase -> {},
        KEEP_MESSAGES);
  }

  public SimulatorSettings people(PeopleSettings changed) {
    return new SimulatorSettings(seed, changed, whatsApp, purchases, keepMessages);
  }

  public SimulatorSettings whatsApp(WhatsAppSettings changed) {
    return new SimulatorSettings(seed, people, changed, purchases, keepMessages);
  }

  public SimulatorSettings purchases(PurchaseSink changed) {
    return new SimulatorSettings(seed, people, whatsApp, changed, keepMessages);
  }
}
