package dev.carillon.engine.profile;

import tools.jackson.databind.JsonNode;

/**
 * A change of the value that is there.
 *
 * @param place where it stands among others of the property
 * @param operand what it adds or takes away
 * @param characters how long the operand is as text
 */
record Operation(OperationPlace place, JsonNode operand, int characters)
    implements Comparable<Operation> {

  static Operation of(Turn turn, String operator, JsonNode operand) {
    return new Operation(
        OperationPlace.of(turn, operator, operand), operand, operand.toString().length());
  }

  Turn turn() {
    return place.turn();
  }

  /** The same operation, if its body arrived at that time. */
  Operation arrived(long first) {
    return new Operation(place.arrived(first), operand, characters);
  }

  @Override
  public int compareTo(Operation other) {
    return place.compareTo(other.place());
  }
}
