package dev.carillon.channels.support.liquid;

/** A text cannot be filled for a person; the message holds none of the person's data. */
final class LiquidFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LiquidFailure(String message) {
    super(message, null, false, false);
  }

  static LiquidFailure missing(String name) {
    return new LiquidFailure(name + " is missing and has no default");
  }
}
