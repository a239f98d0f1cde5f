package dev.carillon.engine.provider;

/** A provider that can show what a single text becomes for a person, without sending anything. */
public interface TextFill {

  /**
   * Fills a text as it would be filled in a message.
   *
   * @param text as a content has it
   * @param properties the person's properties, a JSON object
   * @throws PersonalisationException when it cannot be filled for this person
   */
  String fill(String text, String properties) throws PersonalisationException;
}
