package dev.carillon.core.message;

/** What a provider's error means for the one who must act. */
public enum ErrorClass {
  ADDRESS("address", "This address cannot be reached on the channel"),
  MESSAGE("message", "The provider does not accept this message or template"),
  CONFIGURATION("configuration", "Credentials, permissions or account of the connection"),
  OPT_OUT("optOut", "The person does not want these messages"),
  RATE("rate", "More was sent than the provider allows for now"),
  TEMPORARY("temporary", "The provider has trouble; it passes"),
  USER("user", "The provider holds back messages to this person for now"),
  AMBIGUOUS("ambiguous", "It cannot be known whether the provider took the message");

  private final String key;
  private final String words;

  ErrorClass(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /** The stable name in JSON. */
  public String key() {
    return key;
  }

  /** The class in plain words, for pages. */
  public String words() {
    return words;
  }
}
