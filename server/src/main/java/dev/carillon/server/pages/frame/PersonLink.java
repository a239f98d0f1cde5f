package dev.carillon.server.pages.frame;

import dev.carillon.core.user.Identity;

/** Leads to the page of a person. */
public final class PersonLink {
  private PersonLink() {}

  /** The address of the person's page. */
  public static String address(Identity identity) {
    return "/people/person?id=" + encoded(identity);
  }

  /** A person as a part of an address. */
  public static String encoded(Identity identity) {
    return Parameters.encoded(identity.stored());
  }
}
