package dev.carillon.engine.port.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys of programs, by the hash of each. */
public interface ApiKeyStore {

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
}
