package dev.carillon.engine.json;

import org.jspecify.annotations.Nullable;

/** A text that should hold a JSON object holds none: that record, and no other, is at fault. */
public final class NotAnObjectException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  NotAnObjectException(@Nullable Throwable cause) {
    super("not a JSON object", cause);
  }
}
