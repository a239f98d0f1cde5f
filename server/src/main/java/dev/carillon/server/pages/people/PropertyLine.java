package dev.carillon.server.pages.people;

/**
 * A property of a person as a page shows it.
 *
 * @param type text, number, yes or no, date, list, object
 */
public record PropertyLine(String name, String type, String value) {}
