package dev.carillon.engine.port.people;

/** How a wish for a channel became known. */
public enum ConsentSource {
  /** Nobody said anything. */
  NOTHING("nothing"),
  /** A property of the profile: an upload, the API or an import. */
  PROFILE("profile"),
  /** The person wrote it in a message, such as STOP. */
  MESSAGE("message"),
  /** The provider reported the person's choice. */
  PROVIDER("provider");

  private final String key;

  ConsentSource(String key) {
    this.key = key;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }
}
