package dev.carillon.engine.port.people;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Settling;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a user by an identity. */
public interface PersonLookup extends Settling {

  /** The user with this identity, or with the one that it was linked to; empty when unknown. */
  Optional<Person> person(Identity identity);

  /**
   * The user that this text means: the one with it as the account's own identity, else as one of
   * another kind; empty when unknown.
   */
  default Optional<Person> person(String identity) {
    if (identity.isEmpty() || identity.length() > Identity.LONGEST) {
      return Optional.empty();
    }
    return Stream.of(Identity.Kind.values())
        .map(kind -> person(new Identity(kind, identity)))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
