package dev.carillon.core.message;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can become known of a message, and what that means: a new kind is an entry here. Each fact
 * of a kind puts the message into a set and never takes it out. {@link #code()} is stored, so codes
 * are never reused or renumbered.
 */
public enum FactKind {
  /** A rule kept it from being attempted; detail: the {@link SuppressionReason} key. */
  SUPPRESSED(1, Detail.CODED, Meaning.TAKES_OUT),
  /**
   * The intent to call the provider, durable before the call; detail: number of the try, from 1.
   */
  ATTEMPTED(2, Detail.PLAIN),
  /**
   * The provider provably did not take that try (throttled, paused, unreachable); detail: number of
   * the try.
   */
  RETURNED(3, Detail.PLAIN),
  /** The provider took it; event: the provider's message id. */
  ACCEPTED(4, Detail.NONE, Meaning.PROVES_SENT, Meaning.PROVIDER_ID),
  /** The provider refused it for good; detail: error code, text: the provider's words. */
  REFUSED(5, Detail.CODED, Meaning.TAKES_OUT, Meaning.WORDS),
  /** A control user's ghost send: the moment at which the message would have been sent. */
  GHOST_SENT(6, Detail.NONE, Meaning.ENDS),
  /** The provider's callback that it sent the message on. */
  RECEIPT_SENT(7, Detail.NONE, Meaning.PROVES_SENT, Meaning.RECEIPT),
  /** The provider's callback that it reached the device. */
  RECEIPT_DELIVERED(8, Detail.NONE, Meaning.PROVES_DELIVERED, Meaning.RECEIPT),
  /**
   * The provider's callback that delivery failed; detail: error code, text: the provider's words.
   */
  RECEIPT_FAILED(9, Detail.CODED, Meaning.PROVES_SENT, Meaning.RECEIPT, Meaning.WORDS),
  /** Read callback, or impression reported by the device; detail: route (direct when absent). */
  VIEWED(10, Detail.ROUTE, Meaning.PROVES_DELIVERED, Meaning.RECEIPT),
  /** A human opened a tracked link; detail: link number, event: id of the click. */
  CLICKED(11, Detail.PLAIN, Meaning.PROVES_SENT, Meaning.EVENTS),
  /** A machine opened a tracked link; detail: link number, event: id of the click. */
  BOT_CLICKED(12, Detail.NONE, Meaning.EVENTS),
  /** An incoming message attributed to it; event: the incoming message's id. */
  REPLIED(13, Detail.NONE, Meaning.EVENTS, Meaning.INCOMING_ID),
  /** An incoming message that named it as the one replied to; event: the incoming message's id. */
  REPLIED_IN_CONTEXT(14, Detail.NONE, Meaning.PROVES_DELIVERED, Meaning.INCOMING_ID),
  /** Derived: a goal event of its user lies in its window. */
  CONVERTED(15, Detail.NONE),
  /** Derived: a goal event in its window lies at or after a view. */
  VIEW_CONVERTED(16, Detail.NONE, Meaning.PROVES_CONVERSION),
  /** Derived: a goal event in its window lies at or after a click. */
  CLICK_CONVERTED(17, Detail.NONE, Meaning.PROVES_CONVERSION),
  /** Derived: a goal event in its window counts for a message of another campaign too. */
  CONVERSION_SHARED(18, Detail.NONE),
  /** It is sent as a variant that was not drawn when planned; detail: the variant's number. */
  VARIANT_GIVEN(19, Detail.PLAIN);

  private static final FactKind[] BY_CODE = new FactKind[20];

  static {
    for (FactKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;
  private final Detail detail;

  /** A bit a meaning: it is asked for every fact. */
  private final int meanings;

  FactKind(int code, Detail detail, Meaning... meanings) {
    this.code = code;
    this.detail = detail;
    int bits = 0;
    for (Meaning meaning : meanings) {
      bits |= meaning.bit();
      for (Meaning implied : meaning.implied()) {
        bits |= implied.bit();
      }
    }
    this.meanings = bits;
  }

  /** The stored number of this kind, 1 or more. */
  public int code() {
    return code;
  }

  /** Whether it has a meaning, given or implied. */
  public boolean has(Meaning meaning) {
    return (meanings & meaning.bit()) != 0;
  }

  /**
   * The detail that a fact of this kind is counted with.
   *
   * @param given the fact's; null or empty when it came without
   */
  public String detail(@Nullable String given) {
    if (detail == Detail.NONE) {
      return "";
    }
    return given == null || given.isEmpty() ? detail.without : given;
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

  /** Which detail facts of a kind bear, and what stands for one that is missing. */
  private enum Detail {
    NONE(""),
    PLAIN(""),
    CODED(FactKinds.NO_CODE),
    ROUTE(FactKinds.DIRECT);

    private final String without;

    Detail(String without) {
      this.without = without;
    }
  }

  /** What a fact of a kind says of its message. */
  public enum Meaning {
    /** The provider took it, or it reached somebody, who must have got it; never sent again. */
    PROVES_SENT,
    /** It reached somebody, so it was sent. */
    PROVES_DELIVERED,
    /** It takes no room of a target cap, and is never sent again. */
    TAKES_OUT,
    /** It is never sent again. */
    ENDS,
    /** Its user did the goal event in its window. */
    PROVES_CONVERSION,
    /** How far it came, as callbacks of a provider tell. */
    RECEIPT,
    /** One message can have several, told apart by the fact's event and counted each. */
    EVENTS,
    /** The fact's event is the provider's id of the message. */
    PROVIDER_ID,
    /** The fact's event is the id of an incoming message. */
    INCOMING_ID,
    /** The fact's text is the provider's words for its code. */
    WORDS;

    @SuppressWarnings("EnumOrdinal") // It is never stored.
    private int bit() {
      return 1 << ordinal();
    }

    private Set<Meaning> implied() {
      return switch (this) {
        case PROVES_DELIVERED -> EnumSet.of(PROVES_SENT, ENDS);
        case PROVES_SENT, TAKES_OUT -> EnumSet.of(ENDS);
        default -> EnumSet.noneOf(Meaning.class);
      };
    }
  }
}
