package dev.carillon.engine.port.access;

import java.time.Instant;

/** From where logins have signed in before. */
public interface KnownPlaceStore {

  /**
   * Keeps from where a login has signed in; nothing happens when there is no such login.
   *
   * @param place the hash of a browser's token, or an address
   * @param most how many of the kind a login keeps; those that expire first are forgotten
   */
  void putKnownPlace(String login, PlaceKind kind, String place, Instant expiresAt, int most);

  boolean isKnownPlace(String login, PlaceKind kind, String place, Instant now);

  void deleteKnownPlace(String login, PlaceKind kind, String place);
}
