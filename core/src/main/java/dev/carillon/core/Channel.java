package dev.carillon.core;

import java.util.Locale;
import java.util.Optional;

/** A way to reach people. Its {@link #key()} is the name in JSON, addresses and tables. */
public enum Channel {
  PUSH,
  SMS,
  WHATSAPP,
  FACEBOOK;

  /** The lower-case name that the API, pages and tables use. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The channel with this key; empty when there is none. */
  public static Optional<Channel> ofKey(String key) {
    for (Channel channel : values()) {
      if (channel.key().equals(key)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
