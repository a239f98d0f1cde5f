package dev.carillon.engine.port.campaign;

/**
 * A way of looking at a list.
 *
 * @param name 1 to 60 characters
 * @param query the query part of the list's address, without the question mark
 */
public record SavedView(String name, String query) {}
