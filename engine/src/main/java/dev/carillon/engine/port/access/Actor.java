package dev.carillon.engine.port.access;

import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who did something that the audit log records. An API key or a command may bear any name, also
 * that of a login; the kind distinguishes them.
 *
 * @param name of the login or the API key; else words for what acted
 * @param keyId the API key's id; null for everything else, and in entries from before it was kept
 */
public record Actor(Kind kind, String name, @Nullable Integer keyId) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The server by itself, as at its start. */
  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, "server", null);

  /** Whoever has the data folder in hand. */
  public static final Actor COMMAND_LINE = new Actor(Kind.COMMAND, "command line", null);

  /** A caller who has not shown who they are. */
  public static final Actor ANONYMOUS = new Actor(Kind.ANONYMOUS, "anonymous", null);

  /** What acted. Its {@link #key()} is the name in API and tables, which never changes. */
  public enum Kind {
    LOGIN,
    API_KEY,
    COMMAND,
    SYSTEM,
    ANONYMOUS,
    /** Of entries that are older than kinds: a login, a key, or anything else. */
    UNRECORDED;

    public String key() {
      return this == API_KEY ? "key" : name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this key; {@link #UNRECORDED} when there is none. */
    public static Kind ofKey(String key) {
      for (Kind kind : values()) {
        if (kind.key().equals(key)) {
          return kind;
        }
      }
      return UNRECORDED;
    }
  }

  public static Actor login(String name) {
    return new Actor(Kind.LOGIN, name, null);
  }

  public static Actor apiKey(int id, String name) {
    return new Actor(Kind.API_KEY, name, id);
  }
}
