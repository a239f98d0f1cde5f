package dev.carillon.channels.support.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Texts of providers' JSON, in which ids and codes are now text, now numbers. */
public final class ScalarText {
  private static final int LONGEST = 500;

  private ScalarText() {}

  /** Text or a whole number as text; null for anything else and for empty text. */
  public static @Nullable String text(JsonNode node) {
    if (node.isString()) {
      String text = node.stringValue();
      return text.isEmpty() ? null : text;
    }
    return node.isIntegralNumber() ? node.asString() : null;
  }

  /** What is shown to people of a text that may be of any length. */
  public static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
