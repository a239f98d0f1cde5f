package dev.carillon.storage.embedded.audience;

import tools.jackson.databind.node.StringNode;

/** JSON as values of parameters. */
final class JsonValues {
  private JsonValues() {}

  /** The text as a JSON text. */
  static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }
}
