package dev.carillon.simulator.people;

import java.util.List;

/**
 * A message as far as it matters to its recipient.
 *
 * @param topic what it is about (the template's name): some topics interest people more
 * @param number the how-manieth message to this person it is, from 1
 * @param marketing whether it advertises, so that the provider may withhold it
 * @param buttons the texts of the quick-reply buttons that it shows
 */
public record Encounter(String topic, int number, boolean marketing, List<String> buttons) {}
