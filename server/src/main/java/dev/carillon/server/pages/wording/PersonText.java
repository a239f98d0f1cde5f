package dev.carillon.server.pages.wording;

import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Endpoints;

/** How people's addresses are shown. */
public final class PersonText {
  private PersonText() {}

  /**
   * The phone number.
   *
   * @param otherwise what is shown without a valid one
   */
  public static String phone(Endpoints endpoints, String otherwise) {
    String phone = endpoints.address(EndpointKind.PHONE);
    return phone == null ? otherwise : "+" + phone;
  }
}
