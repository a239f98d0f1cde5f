package dev.carillon.engine.profile;

import dev.carillon.core.user.EndpointKind;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** All kinds of addresses, as one. Thread-safe. */
public final class AddressKinds {
  /** Those whose spelling depends on no setting. */
  private static final AddressKinds SPELLINGS = of(new PhoneNumbers(null));

  private final Map<EndpointKind, AddressKind> kinds = new EnumMap<>(EndpointKind.class);
  private final List<AddressKind> ofProfiles;

  private AddressKinds(PhoneNumbers phones) {
    for (EndpointKind kind : EndpointKind.values()) {
      kinds.put(
          kind,
          switch (kind) {
            case PHONE -> phones;
            case EMAIL -> new EmailAddresses();
            case DEVICE -> new DeviceAddresses();
          });
    }
    this.ofProfiles = kinds.values().stream().filter(kind -> kind.property().isPresent()).toList();
  }

  /**
   * All kinds.
   *
   * @param phones how phone numbers without a country's prefix are read
   */
  public static AddressKinds of(PhoneNumbers phones) {
    return new AddressKinds(phones);
  }

  public AddressKind of(EndpointKind kind) {
    return Objects.requireNonNull(kinds.get(kind));
  }

  /** The kinds that properties of profiles give. */
  List<AddressKind> ofProfiles() {
    return ofProfiles;
  }

  /** The one spelling of an address of whatever kind, also of a provider's id of a person. */
  public static String canonical(String address) {
    String canonical = address;
    for (AddressKind kind : SPELLINGS.kinds.values()) {
      canonical = kind.canonical(canonical);
    }
    return canonical;
  }

  /** All spellings of a canonical address of whatever kind, itself among them. */
  public static Set<String> spellings(String canonical) {
    Set<String> spellings = new LinkedHashSet<>();
    for (AddressKind kind : SPELLINGS.kinds.values()) {
      spellings.addAll(kind.spellings(canonical));
    }
    return spellings;
  }

  /** Finds what may be addresses in a text. */
  public static Set<Pattern> inText() {
    Set<Pattern> patterns = new LinkedHashSet<>();
    for (AddressKind kind : SPELLINGS.kinds.values()) {
      patterns.addAll(kind.inText());
    }
    return patterns;
  }

  /** Whether a property of profiles gives an address. */
  static boolean isAddress(String property) {
    return SPELLINGS.ofProfiles.stream()
        .anyMatch(kind -> kind.property().orElseThrow().equals(property));
  }
}
