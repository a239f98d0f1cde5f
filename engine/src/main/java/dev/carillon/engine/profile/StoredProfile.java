package dev.carillon.engine.profile;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a user.
 *
 * @param properties the properties as they are now, a JSON object
 * @param propertyTimes what merging needs to know of the properties' past, a JSON object; only
 *     {@link ProfileMerge} reads it
 * @param reserved what the reserved properties say
 * @param phones the numbers that the profile has and had, as {@link PhoneHistory} writes them; null
 *     where the present one says as much
 * @param firstSeenAt when Carillon first learned of the user
 * @param updatedAt when Carillon last learned something of the user
 */
public record StoredProfile(
    String properties,
    String propertyTimes,
    Reserved reserved,
    @Nullable String phones,
    Instant firstSeenAt,
    Instant updatedAt) {

  /** A user of whom only the existence is known. */
  public static StoredProfile seen(Instant at) {
    return new StoredProfile("{}", "{}", Reserved.NONE, null, at, at);
  }

  /**
   * What the properties with a meaning of their own say.
   *
   * @param phone E.164 digits without plus; null without a valid number
   * @param phoneState whether there is a number, and a valid one
   * @param whatsapp whether messages on WhatsApp are welcome
   * @param sms whether messages by SMS are welcome
   * @param push whether push messages are welcome
   * @param mail whether e-mails are welcome
   * @param email the e-mail address; null without
   * @param name the name; null without
   */
  public record Reserved(
      @Nullable String phone,
      PhoneState phoneState,
      boolean whatsapp,
      boolean sms,
      boolean push,
      boolean mail,
      @Nullable String email,
      @Nullable String name) {
    public static final Reserved NONE =
        new Reserved(null, PhoneState.NONE, true, true, true, true, null, null);
  }

  /** Whether a user has a phone number. */
  public enum PhoneState {
    NONE(0),
    VALID(1),
    INVALID(2);

    private final int code;

    PhoneState(int code) {
      this.code = code;
    }

    /** The stored number of the state. */
    public int code() {
      return code;
    }

    /**
     * The state with a stored number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static PhoneState ofCode(int code) {
      return switch (code) {
        case 0 -> NONE;
        case 1 -> VALID;
        case 2 -> INVALID;
        default -> throw new IllegalArgumentException("no phone state " + code);
      };
    }
  }
}
