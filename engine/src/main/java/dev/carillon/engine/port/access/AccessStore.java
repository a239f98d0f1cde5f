package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what: logins, API keys, and the audit log. */
public interface AccessStore {

  /** Creates a login or replaces its password and role. */
  void putLogin(String name, String passwordHash, String role, Instant at);

  Optional<Login> login(String name);

  List<Login> logins();

  /** Replaces a login's password; false when there is none of that name. */
  boolean setPassword(String name, String passwordHash);

  /** Deletes a login, and from where it has signed in. */
  boolean deleteLogin(String name);

  /**
   * Keeps from where a login has signed in; nothing happens when there is no such login.
   *
   * @param place the hash of a browser's token, or an address
   * @param most how many of the kind a login keeps; those that expire first are forgotten
   */
  void putKnownPlace(String login, PlaceKind kind, String place, Instant expiresAt, int most);

  boolean isKnownPlace(String login, PlaceKind kind, String place, Instant now);

  void deleteKnownPlace(String login, PlaceKind kind, String place);

  /**
   * Keeps a key by its hash; the same hash again replaces name and scopes, and a revoked key is
   * valid again.
   *
   * @param scopes each one word
   */
  void putApiKey(String name, String keyHash, String shownPrefix, Set<String> scopes, Instant at);

  /** The key with this hash; empty when there is none or it was revoked. */
  Optional<ApiKey> apiKey(String keyHash);

  List<ApiKey> apiKeys();

  boolean revokeApiKey(int id, Instant at);

  /**
   * Says whether a key speaks for people only with identity tokens; keys begin without the need.
   * False when there is no such key, or it was revoked.
   */
  boolean setTokensRequired(int id, boolean required);

  void audit(Instant at, Actor who, String action, String subject, @Nullable String detail);

  /** The entries of the audit log that are asked for, latest first. */
  AuditPage auditPage(AuditQuery query);

  /** The latest entries of the audit log, latest first; 1 to 1,000. */
  default List<AuditEntry> auditLog(int limit) {
    return auditPage(AuditQuery.latest(limit)).entries();
  }
}
