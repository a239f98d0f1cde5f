package dev.carillon.server.ingest;

/** What an API key may send in. */
@FunctionalInterface
public interface KeyCheck {

  /** What may be sent in. */
  enum Grant {
    NOTHING,
    /** Events and properties, but no consent: the key stands in an app or a page. */
    APPEND,
    ALL
  }

  Grant grant(String key);
}
