package dev.carillon.storage.embedded.audience;

import tools.jackson.databind.node.StringNode;

/** JSON as values of parameters. */
public final class JsonValues {
  private JsonValues() {}

  /** The text as a JSON text. */
  public static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }
}
