package dev.carillon.engine.port.work;

/** How far a message has come, for the one who sends. */
public enum SendState {
  /** Nothing was tried, or every try is known not to have been taken: it may be sent. */
  OPEN,
  /** A try began and its answer is not known: it must not be sent again. */
  UNCERTAIN,
  /** Sent, refused, suppressed or ghost-sent. */
  DONE
}
