package dev.carillon.core.user;

/** What sort of address an {@link Endpoint} has. {@link #code()} is stored and never reused. */
public enum EndpointKind {
  /** A phone number: E.164 digits without plus. */
  PHONE(1, "phone"),
  /** An e-mail address in lower case. */
  EMAIL(2, "email"),
  /** A device or browser: the token or address that its push service gave it. */
  DEVICE(3, "device");

  private final int code;
  private final String key;

  EndpointKind(int code, String key) {
    this.code = code;
    this.key = key;
  }

  /** The stored number, 1 to 127. */
  public int code() {
    return code;
  }

  /** The name in JSON and in stored texts. */
  public String key() {
    return key;
  }

  /**
   * The kind with a stored number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EndpointKind ofCode(int code) {
    for (EndpointKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of endpoint " + code);
  }

  /**
   * The kind with this key.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EndpointKind ofKey(String key) {
    for (EndpointKind kind : values()) {
      if (kind.key.equals(key)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of endpoint " + key);
  }
}
