package dev.carillon.engine.intake;

/**
 * Why a record was not taken.
 *
 * @param code CleverTap's number for the kind of error; from 540 to 544 numbers of Carillon's own
 * @param words what is wrong and how to fix it
 */
public record RecordError(int code, String words) {
  public static final int EVENT_NAME = 509;
  public static final int EVENT_STRUCTURE = 512;
  public static final int RESTRICTED_EVENT = 513;
  static final int EMAIL = 515;
  static final int PHONE = 516;
  public static final int TOO_MANY_PROPERTIES = 522;
  public static final int IDENTITY = 523;
  public static final int RECORD_TYPE = 524;
  public static final int TIMESTAMP = 525;

  /** The whole record has too many bytes. */
  public static final int RECORD_SIZE = 540;

  /** A property's value has too many bytes or elements. */
  public static final int PROPERTY_SIZE = 541;

  /** A text has half of a surrogate pair. */
  public static final int BROKEN_TEXT = 542;

  /** The API key may not say whether messages are welcome. */
  static final int CONSENT = 543;

  /** The API key may not speak for a person without an identity token. */
  public static final int IDENTITY_TOKEN = 544;

  public static final int MISCELLANEOUS = 555;

  public static RecordError tokenNeeded() {
    return new RecordError(
        IDENTITY_TOKEN,
        "This API key speaks for a person only with an identityToken: a JWT with sub = the"
            + " identity, signed with a key made under Settings, at most a day old. Without one,"
            + " records are kept for the anonymous visitor (anonymousId, objectId), and there is"
            + " none here.");
  }

  public static RecordError consentNotAllowed() {
    return new RecordError(
        CONSENT,
        "This API key stands in apps and pages and may not change consent (MSG-...). Send it from a"
            + " server, with a key of the scope data:write.");
  }
}
