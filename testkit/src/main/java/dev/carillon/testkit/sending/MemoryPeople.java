package dev.carillon.testkit.sending;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Endpoint;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Endpoints;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserZone;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users in memory, in the order in which they were first heard of. Not thread-safe. */
final class MemoryPeople {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProfileMerge merge = new ProfileMerge(new PhoneNumbers(null));
  private final Map<Identity, StoredProfile> profiles = new LinkedHashMap<>();
  private final Map<Identity, Member> members = new LinkedHashMap<>();
  private final Set<String> unsubscribed = new HashSet<>();

  /**
   * A user as planning needs one.
   *
   * @param address empty without a valid one
   * @param given whether something was given as an address
   */
  record Member(Identity identity, String address, boolean given, String properties) {

    /** The zone as the properties name it; null when none does. */
    @Nullable String zone() {
      JsonNode object = JSON.readTree(properties);
      return UserZone.PROPERTIES.stream()
          .map(object::get)
          .filter(value -> value != null && value.isString())
          .map(JsonNode::stringValue)
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Adds a user with an address that need not be a real number.
   *
   * @param address empty for none; what is not digits is invalid
   */
  void add(Identity identity, String address, String properties) {
    boolean valid = address.matches("\\d+");
    members.put(
        identity, new Member(identity, valid ? address : "", !address.isEmpty(), properties));
  }

  /** Applies what entries say about users. */
  void read(Entry entry) {
    switch (entry) {
      case Entry.OfProfile(ProfileChange change) -> change(change);
      case Entry.Consent consent -> {
        if (consent.subscribed()) {
          unsubscribed.remove(consent.address());
        } else {
          unsubscribed.add(consent.address());
        }
      }
      default -> {
        // Says nothing of users that sending would need.
      }
    }
  }

  private void change(ProfileChange change) {
    StoredProfile before =
        profiles.getOrDefault(change.identity(), StoredProfile.seen(change.receivedAt()));
    StoredProfile after = merge.merge(before, List.of(change));
    profiles.put(change.identity(), after);
    members.put(
        change.identity(),
        new Member(
            change.identity(),
            Objects.requireNonNullElse(after.endpoints().address(EndpointKind.PHONE), ""),
            after.endpoints().isGiven(Set.of(EndpointKind.PHONE)),
            after.properties()));
  }

  List<Member> all() {
    return List.copyOf(members.values());
  }

  Optional<Person> person(Identity identity) {
    return Optional.ofNullable(members.get(identity)).map(this::person);
  }

  private Person person(Member member) {
    return new Person(
        member.identity().key(),
        member.identity(),
        null,
        member.properties(),
        new Endpoints(
            !member.address().isEmpty()
                ? List.of(Endpoint.of(EndpointKind.PHONE, member.address()))
                : member.given() ? List.of(Endpoint.invalid(EndpointKind.PHONE)) : List.of()),
        Map.of(Channel.WHATSAPP, !unsubscribed.contains(member.address())),
        Instant.EPOCH,
        Instant.EPOCH,
        0);
  }
}
