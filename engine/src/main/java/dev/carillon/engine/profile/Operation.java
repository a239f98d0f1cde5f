package dev.carillon.engine.profile;

import tools.jackson.databind.JsonNode;

/**
 * A change of the value that is there.
 *
 * @param place where it stands among others of the property
 * @param operand what it adds or takes away
 * @param characters how long the operand is as text
 */
record Operation(Place place, JsonNode operand, int characters) implements Comparable<Operation> {

  static Operation of(long at, String operator, JsonNode operand) {
    return new Operation(Place.of(at, operator, operand), operand, operand.toString().length());
  }

  @Override
  public int compareTo(Operation other) {
    return place.compareTo(other.place());
  }
}
