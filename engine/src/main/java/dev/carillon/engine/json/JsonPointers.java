package dev.carillon.engine.json;

/** JSON pointers (RFC 6901). */
public final class JsonPointers {
  private JsonPointers() {}

  /** The pointer from an object to its member with exactly this name. */
  public static String member(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
