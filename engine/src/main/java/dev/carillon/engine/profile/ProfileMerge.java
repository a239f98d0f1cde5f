package dev.carillon.engine.profile;

import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.json.NotAnObjectException;
import dev.carillon.engine.json.StoredJson;
import dev.carillon.engine.profile.StoredProfile.PhoneState;
import dev.carillon.engine.profile.StoredProfile.Reserved;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges what sources say of a user into what is stored. Any order of the same changes ends in the
 * same profile: each property takes the latest by its {@link Turn}, removal included, and operators
 * count when they are not older than the last value. A consent of which several bodies speak at one
 * time is a no when one of them says no. That holds as long as the profile is within its limits;
 * see {@link PropertyHistories} for what happens beyond. Thread-safe.
 *
 * <p>Properties with a meaning of their own are {@code Phone}, {@code Email}, {@code Name} and the
 * booleans {@code MSG-whatsapp}, {@code MSG-sms}, {@code MSG-push} and {@code MSG-email}.
 */
public final class ProfileMerge {
  private static final String PHONE = "Phone";
  private static final Set<String> OPERATORS = Set.of("$add", "$remove", "$incr", "$decr");

  private final PhoneNumbers phoneNumbers;

  public ProfileMerge(PhoneNumbers phoneNumbers) {
    this.phoneNumbers = phoneNumbers;
  }

  /**
   * The profile with changes in it, which is the same as with one after the other, and quicker.
   *
   * @throws NotAnObjectException when the properties of one of them are not a JSON object
   */
  public StoredProfile merge(StoredProfile stored, List<ProfileChange> changes) {
    PropertyHistories histories = ProfileJson.read(stored);
    PhoneHistory phones = phones(stored, histories);
    Numbers numbers = new Numbers(stored);
    Instant firstSeenAt = stored.firstSeenAt();
    Instant updatedAt = stored.updatedAt();
    for (ProfileChange change : changes) {
      Turn turn = Turn.of(micros(change.at()), micros(change.receivedAt()), change.place());
      histories.expect(change.properties().length());
      // What was taken before there were limits may still be waiting to be merged.
      StoredJson.members(
          change.properties(),
          DataLimits.RECORD_BYTES,
          (name, value) -> {
            applyTo(histories, name, turn, value);
            if (name.equals(PHONE)) {
              numbers.given(value).ifPresent(number -> phones.given(number, turn.at()));
            }
          },
          tooLong -> histories.refuse());
      firstSeenAt = earlier(firstSeenAt, change.receivedAt());
      updatedAt = later(updatedAt, change.receivedAt());
    }
    return store(histories, phones, numbers, firstSeenAt, updatedAt);
  }

  /** One user's profile out of two that turned out to be the same user's. */
  public StoredProfile merge(StoredProfile kept, StoredProfile givenUp) {
    PropertyHistories histories = ProfileJson.read(kept);
    PropertyHistories others = ProfileJson.read(givenUp);
    histories.expect((long) givenUp.properties().length() + givenUp.propertyTimes().length());
    PhoneHistory phones = phones(kept, histories);
    phones.merge(phones(givenUp, others));
    others.all().forEach(histories::merge);
    histories.refuse(others.refused());
    return store(
        histories,
        phones,
        new Numbers(kept),
        earlier(kept.firstSeenAt(), givenUp.firstSeenAt()),
        later(kept.updatedAt(), givenUp.updatedAt()));
  }

  /** The same profile as merging writes it, its reserved properties read again. */
  public StoredProfile normalized(StoredProfile stored) {
    PropertyHistories histories = ProfileJson.read(stored);
    return store(
        histories,
        phones(stored, histories),
        new Numbers(stored),
        stored.firstSeenAt(),
        stored.updatedAt());
  }

  /** The same profile without what it says of where and whether the user is reached. */
  public StoredProfile withoutContacts(StoredProfile stored) {
    PropertyHistories histories = ProfileJson.read(stored);
    histories.all().keySet().removeIf(Contacts::isContact);
    return store(
        histories,
        PhoneHistory.of(null),
        new Numbers(stored),
        stored.firstSeenAt(),
        stored.updatedAt());
  }

  /** The numbers that the profile has and had. */
  private static PhoneHistory phones(StoredProfile stored, PropertyHistories histories) {
    PhoneHistory phones = PhoneHistory.of(stored.phones());
    String number = stored.reserved().phone();
    PropertyHistory history = histories.all().get(PHONE);
    if (number != null && history != null) {
      phones.given(number, history.last().turn().at());
    }
    return phones;
  }

  /** When a property got the value that it has; empty when it was never set. */
  public Optional<Instant> setAt(StoredProfile stored, String property) {
    JsonNode past = StoredJson.object(stored.propertyTimes()).get(property);
    OptionalLong at = past == null ? OptionalLong.empty() : ProfileJson.setAt(past);
    return at.isPresent()
        ? Optional.of(Instant.EPOCH.plus(at.getAsLong(), ChronoUnit.MICROS))
        : Optional.empty();
  }

  /** How many changes of properties were refused because the profile is at its limits. */
  public static long refused(StoredProfile stored) {
    return ProfileJson.refused(stored);
  }

  private static void applyTo(PropertyHistories histories, String name, Turn turn, JsonNode value) {
    if (value.isObject() && value.size() == 1) {
      String operator = value.propertyNames().iterator().next();
      JsonNode operand = value.get(operator);
      if (operator.equals("$delete")) {
        histories.set(name, turn, null);
        return;
      }
      if (OPERATORS.contains(operator)) {
        boolean number = operator.equals("$incr") || operator.equals("$decr");
        if (!number || (operand.isNumber() && PropertyHistory.calculable(operand.decimalValue()))) {
          histories.change(name, Operation.of(turn, operator, operand));
        }
        return;
      }
    }
    histories.set(name, turn, value.isNull() ? null : value);
  }

  private static StoredProfile store(
      PropertyHistories histories,
      PhoneHistory phones,
      Numbers numbers,
      Instant firstSeenAt,
      Instant updatedAt) {
    ObjectNode values = ProfileJson.values(histories);
    Reserved reserved = reserved(values, numbers);
    PropertyHistory phone = histories.all().get(PHONE);
    return new StoredProfile(
        values.toString(),
        ProfileJson.past(histories).toString(),
        reserved,
        phones.text(reserved.phone(), phone == null ? Long.MIN_VALUE : phone.last().turn().at()),
        firstSeenAt,
        updatedAt);
  }

  private static Reserved reserved(ObjectNode values, Numbers numbers) {
    String given = text(values.get(PHONE));
    Optional<String> digits = given == null ? Optional.empty() : numbers.digits(given);
    PhoneState state =
        given == null
            ? PhoneState.NONE
            : digits.isPresent() ? PhoneState.VALID : PhoneState.INVALID;
    return new Reserved(
        digits.orElse(null),
        state,
        welcome(values, "MSG-whatsapp"),
        welcome(values, "MSG-sms"),
        welcome(values, "MSG-push"),
        welcome(values, "MSG-email"),
        text(values.get("Email")),
        text(values.get("Name")));
  }

  /**
   * Reads phone numbers. Reading one is expensive, most changes leave it as it is, and those that
   * do not ask for the new one twice.
   */
  private final class Numbers {
    private final @Nullable String known;
    private String last = "";
    private Optional<String> lastDigits = Optional.empty();

    Numbers(StoredProfile before) {
      this.known = before.reserved().phone();
    }

    /** The number that a change gives; empty when it gives none, or one that is not valid. */
    Optional<String> given(JsonNode value) {
      String text = text(value);
      return text == null ? Optional.empty() : digits(text);
    }

    Optional<String> digits(String given) {
      if (known != null && given.equals("+" + known)) {
        return Optional.of(known);
      }
      if (!given.equals(last)) {
        lastDigits = phoneNumbers.digits(given);
        last = given;
      }
      return lastDigits;
    }
  }

  private static boolean welcome(ObjectNode values, String name) {
    JsonNode value = values.get(name);
    return value == null || !value.isBoolean() || value.booleanValue();
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isContainer()) {
      return null;
    }
    String text = value.asString().strip();
    return text.isEmpty() ? null : text;
  }

  private static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
