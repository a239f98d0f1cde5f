package dev.carillon.core.message;

/**
 * What can become known of a message. Each fact of a kind puts the message into a set and never
 * takes it out. {@link #code()} is stored, so codes are never reused or renumbered.
 */
public enum FactKind {
  /** A rule kept it from being attempted; detail: the {@link SuppressionReason} key. */
  SUPPRESSED(1),
  /**
   * The intent to call the provider, durable before the call; detail: number of the try, from 1.
   */
  ATTEMPTED(2),
  /**
   * The provider provably did not take that try (throttled, paused, unreachable); detail: number of
   * the try.
   */
  RETURNED(3),
  /** The provider took it; event: the provider's message id. */
  ACCEPTED(4),
  /** The provider refused it for good; detail: error code, text: the provider's words. */
  REFUSED(5),
  /** A control user's ghost send: the moment at which the message would have been sent. */
  GHOST_SENT(6),
  /** The provider's callback that it sent the message on. */
  RECEIPT_SENT(7),
  /** The provider's callback that it reached the device. */
  RECEIPT_DELIVERED(8),
  /**
   * The provider's callback that delivery failed; detail: error code, text: the provider's words.
   */
  RECEIPT_FAILED(9),
  /** Read callback, or impression reported by the device; detail: route (direct when absent). */
  VIEWED(10),
  /** A human opened a tracked link; detail: link number, event: id of the click. */
  CLICKED(11),
  /** A machine opened a tracked link; detail: link number, event: id of the click. */
  BOT_CLICKED(12),
  /** An incoming message attributed to it; event: the incoming message's id. */
  REPLIED(13),
  /** An incoming message that named it as the one replied to; event: the incoming message's id. */
  REPLIED_IN_CONTEXT(14),
  /** Derived: a goal event of its user lies in its window. */
  CONVERTED(15),
  /** Derived: a goal event in its window lies at or after a view. */
  VIEW_CONVERTED(16),
  /** Derived: a goal event in its window lies at or after a click. */
  CLICK_CONVERTED(17),
  /** Derived: a goal event in its window counts for a message of another campaign too. */
  CONVERSION_SHARED(18),
  /** It is sent as a variant that was not drawn when planned; detail: the variant's number. */
  VARIANT_GIVEN(19);

  private static final FactKind[] BY_CODE = new FactKind[20];

  static {
    for (FactKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  FactKind(int code) {
    this.code = code;
  }

  /** The stored number of this kind, 1 or more. */
  public int code() {
    return code;
  }

  /**
   * The kind with a stored number.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static FactKind ofCode(int code) {
    if (code < 1 || code >= BY_CODE.length) {
      throw new IllegalArgumentException("no fact kind " + code);
    }
    return BY_CODE[code];
  }
}
