package dev.carillon.storage.embedded.audience;

import tools.jackson.databind.node.StringNode;

/** JSON and JSON pointers as values of parameters. */
final class JsonValues {
  private JsonValues() {}

  /** The text as a JSON text. */
  static String quoted(String text) {
    return StringNode.valueOf(text).toString();
  }

  /** The JSON pointer to the member of an object with exactly this name. */
  static String pointer(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
