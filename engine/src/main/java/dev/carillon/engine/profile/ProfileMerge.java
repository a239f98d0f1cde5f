package dev.carillon.engine.profile;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.ConsentProperty;
import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.json.NotAnObjectException;
import dev.carillon.engine.json.StoredJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * <p>Properties with a meaning of their own are those that give addresses ({@code Phone}, {@code
 * Email}), {@code Name}, and a boolean for each channel, such as {@code MSG-whatsapp}, and for
 * e-mail.
 */
public final class ProfileMerge {
  private static final String EMAIL_CONSENT = "email";
  private static final Set<String> OPERATORS = Set.of("$add", "$remove", "$incr", "$decr");

  /** What a profile may refuse, by the properties that say so. */
  private static final Map<String, String> CONSENTS =
      Stream.concat(Arrays.stream(Channel.values()).map(Channel::key), Stream.of(EMAIL_CONSENT))
          .collect(Collectors.toUnmodifiableMap(ConsentProperty::of, key -> key));

  private final AddressKinds kinds;

  public ProfileMerge(PhoneNumbers phoneNumbers) {
    this.kinds = AddressKinds.of(phoneNumbers);
  }

  /**
   * The profile with changes in it, which is the same as with one after the other, and quicker.
   *
   * @throws NotAnObjectException when the properties of one of them are not a JSON object
   */
  public StoredProfile merge(StoredProfile stored, List<ProfileChange> changes) {
    PropertyHistories histories = ProfileJson.read(stored);
    List<Given> given = given(stored, histories);
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
            given.forEach(addresses -> addresses.apply(name, value, turn));
          },
          tooLong -> histories.refuse());
      firstSeenAt = earlier(firstSeenAt, change.receivedAt());
      updatedAt = later(updatedAt, change.receivedAt());
    }
    return store(histories, given, firstSeenAt, updatedAt);
  }

  /** One user's profile out of two that turned out to be the same user's. */
  public StoredProfile merge(StoredProfile kept, StoredProfile givenUp) {
    PropertyHistories histories = ProfileJson.read(kept);
    PropertyHistories others = ProfileJson.read(givenUp);
    histories.expect((long) givenUp.properties().length() + givenUp.propertyTimes().length());
    List<Given> given = given(kept, histories);
    List<Given> alsoGiven = given(givenUp, others);
    for (int kind = 0; kind < given.size(); kind++) {
      given.get(kind).history.merge(alsoGiven.get(kind).history);
    }
    others.all().forEach(histories::merge);
    histories.refuse(others.refused());
    return store(
        histories,
        given,
        earlier(kept.firstSeenAt(), givenUp.firstSeenAt()),
        later(kept.updatedAt(), givenUp.updatedAt()));
  }

  /** The same profile as merging writes it, its reserved properties read again. */
  public StoredProfile normalized(StoredProfile stored) {
    PropertyHistories histories = ProfileJson.read(stored);
    return store(histories, given(stored, histories), stored.firstSeenAt(), stored.updatedAt());
  }

  /** The same profile without what it says of where and whether the user is reached. */
  public StoredProfile withoutContacts(StoredProfile stored) {
    PropertyHistories histories = ProfileJson.read(stored);
    histories.all().keySet().removeIf(Contacts::isContact);
    List<Given> none =
        kinds.ofProfiles().stream()
            .map(kind -> new Given(kind, ProfileContacts.Kept.NOTHING))
            .toList();
    return store(histories, none, stored.firstSeenAt(), stored.updatedAt());
  }

  /** The properties that give the profile's present addresses. */
  Map<String, String> written(StoredProfile stored) {
    ProfileContacts contacts = ProfileContacts.of(stored.contacts());
    Map<String, String> written = new HashMap<>();
    for (AddressKind kind : kinds.ofProfiles()) {
      String present = contacts.of(kind.kind()).present();
      if (present != null) {
        written.put(kind.property().orElseThrow(), kind.written(present));
      }
    }
    return written;
  }

  /** The addresses of each kind that the profile gives and gave. */
  private List<Given> given(StoredProfile stored, PropertyHistories histories) {
    ProfileContacts contacts = ProfileContacts.of(stored.contacts());
    List<Given> given = new ArrayList<>();
    for (AddressKind kind : kinds.ofProfiles()) {
      Given of = new Given(kind, contacts.of(kind.kind()));
      of.know(histories);
      given.add(of);
    }
    return given;
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
      PropertyHistories histories, List<Given> given, Instant firstSeenAt, Instant updatedAt) {
    ObjectNode values = ProfileJson.values(histories);
    ProfileContacts contacts = new ProfileContacts();
    given.forEach(of -> contacts.put(of.kind.kind(), of.kept(values, histories)));
    contacts.refuse(optOuts(values));
    return new StoredProfile(
        values.toString(),
        ProfileJson.past(histories).toString(),
        text(values.get("Name")),
        contacts.text(),
        firstSeenAt,
        updatedAt);
  }

  private static Set<String> optOuts(ObjectNode values) {
    Set<String> optOuts = new HashSet<>();
    CONSENTS.forEach(
        (property, key) -> {
          JsonNode value = values.get(property);
          if (value != null && value.isBoolean() && !value.booleanValue()) {
            optOuts.add(key);
          }
        });
    return optOuts;
  }

  /**
   * The addresses of one kind while a profile is merged. Reading one may be expensive, most changes
   * leave it as it is, and those that do not ask for the new one twice.
   */
  private static final class Given {
    private final AddressKind kind;
    private final String property;
    private final @Nullable String known;
    private final AddressHistory history;
    private String last = "";
    private Optional<String> lastRead = Optional.empty();

    Given(AddressKind kind, ProfileContacts.Kept before) {
      this.kind = kind;
      this.property = kind.property().orElseThrow();
      this.known = before.present();
      this.history = AddressHistory.of(before.history());
    }

    /** Notes the present address with its time, where the history leaves it out. */
    void know(PropertyHistories histories) {
      PropertyHistory past = histories.all().get(property);
      if (known != null && past != null) {
        history.given(known, past.last().turn().at());
      }
    }

    void apply(String name, JsonNode value, Turn turn) {
      if (name.equals(property)) {
        String text = text(value);
        if (text != null) {
          read(text).ifPresent(address -> history.given(address, turn.at()));
        }
      }
    }

    ProfileContacts.Kept kept(ObjectNode values, PropertyHistories histories) {
      String text = text(values.get(property));
      @Nullable String present = text == null ? null : read(text).orElse(null);
      PropertyHistory past = histories.all().get(property);
      return new ProfileContacts.Kept(
          present,
          text != null && present == null,
          history.text(present, past == null ? Long.MIN_VALUE : past.last().turn().at()));
    }

    private Optional<String> read(String given) {
      if (known != null && given.equals(kind.written(known))) {
        return Optional.of(known);
      }
      if (!given.equals(last)) {
        lastRead = kind.read(given);
        last = given;
      }
      return lastRead;
    }
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
