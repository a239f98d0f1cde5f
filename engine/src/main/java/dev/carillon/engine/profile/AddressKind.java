package dev.carillon.engine.profile;

import dev.carillon.core.user.EndpointKind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to be known of a kind of address: how sources and providers write it. To add one, write
 * this and name it in {@link AddressKinds}. Thread-safe.
 */
public interface AddressKind {

  EndpointKind kind();

  /** The property of profiles that gives such an address; empty when none does. */
  Optional<String> property();

  /** The address in its one spelling as a source gives it; empty when it is not valid. */
  Optional<String> read(String given);

  /** How sources usually write an address; {@link #read} takes it for the same one. */
  String written(String address);

  /** The one spelling of an address that a provider wrote; any other text stays as it is. */
  String canonical(String text);

  /** All spellings that providers may write of a canonical address, itself among them. */
  Set<String> spellings(String canonical);

  /** Finds what may be such addresses in a text, so that those of deleted people are noticed. */
  Set<Pattern> inText();
}
