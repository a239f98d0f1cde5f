package dev.carillon.core.user;

import dev.carillon.core.Sha256;
import org.jspecify.annotations.Nullable;

/** A name by which a source knows a user. Equal when kind and value are. */
public final class Identity {
  /** Characters of the longest name. */
  public static final int LONGEST = 1024;

  /** Who gave a name. The same text under two kinds names two users until they are linked. */
  public enum Kind {
    /** The business's own id of the user. */
    USER("u"),
    /** An id for a visitor who has not said who he is. */
    ANONYMOUS("a"),
    /** A device's id. */
    OBJECT("o"),
    FACEBOOK("f"),
    GOOGLE("g");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }

    /** The stored prefix. */
    public String prefix() {
      return prefix;
    }
  }

  private final Kind kind;

  /** Kept joined, as it is written, hashed and compared far more often than it is taken apart. */
  private final String stored;

  /**
   * @param kind who gave the name
   * @param value the name itself, 1 to 1,024 characters
   */
  public Identity(Kind kind, String value) {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException("an identity has 1 to 1,024 characters");
    }
    this.kind = kind;
    this.stored = kind.prefix + ":" + value;
  }

  public static Identity user(String value) {
    return new Identity(Kind.USER, value);
  }

  public static Identity anonymous(String value) {
    return new Identity(Kind.ANONYMOUS, value);
  }

  /** Who gave the name. */
  public Kind kind() {
    return kind;
  }

  /** The name itself, 1 to 1,024 characters. */
  public String value() {
    return stored.substring(kind.prefix.length() + 1);
  }

  /** How the identity is stored: prefix, colon, value. */
  public String stored() {
    return stored;
  }

  /**
   * The reverse of {@link #stored()}.
   *
   * @throws IllegalArgumentException when the text is not a stored identity
   */
  public static Identity ofStored(String stored) {
    for (Kind kind : Kind.values()) {
      if (stored.length() > 2 && stored.charAt(1) == ':' && stored.startsWith(kind.prefix)) {
        return new Identity(kind, stored.substring(2));
      }
    }
    throw new IllegalArgumentException("not a stored identity");
  }

  /**
   * The user's key: 63 bits of SHA-256 over the stored form, never negative. It needs no lookup and
   * is the same on every node; two users meet by chance once in 10^11 pairs of ten million users,
   * and the store refuses a record whose key belongs to another identity.
   */
  public long key() {
    byte[] digest = Sha256.of(stored());
    long key = 0;
    for (int i = 0; i < 8; i++) {
      key = key << 8 | (digest[i] & 0xff);
    }
    return key >>> 1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identity identity && stored.equals(identity.stored);
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  @Override
  public String toString() {
    return stored;
  }
}
