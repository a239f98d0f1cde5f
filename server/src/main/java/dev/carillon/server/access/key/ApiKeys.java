package dev.carillon.server.access.key;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.ApiKeyStore;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.Tokens;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.login.Logins;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The keys that programs show. Only a key's hash is kept. Thread-safe. */
public final class ApiKeys {
  /** Name of the key that was given when the server was started, as shown after "made by". */
  static final String AT_START = "API key from the start command";

  private static final String PREFIX = "ck_";
  private static final String NO_TOKENS =
      "Only a key with data:append and without data:write can require identity tokens.";
  private static final int LONGEST = 500;

  /** Of a key that somebody has chosen; generated ones are longer. */
  private static final int SHORTEST = 16;

  /** How long another node may go on accepting a key that was revoked on this one. */
  private static final Duration REMEMBERED = Duration.ofSeconds(10);

  private static final int MOST_REMEMBERED = 1_000;

  private final ApiKeyStore store;
  private final LoginStore logins;
  private final InstantSource clock;
  private final AuditLog audit;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  public ApiKeys(ApiKeyStore store, LoginStore logins, InstantSource clock, AuditLog audit) {
    this.store = store;
    this.logins = logins;
    this.clock = clock;
    this.audit = audit;
  }

  /** Who shows this key; empty when there is no such key or it was revoked. */
  public Optional<Caller> caller(String key) {
    if (key.isEmpty() || key.length() > LONGEST) {
      return Optional.empty();
    }
    String hash = Tokens.hash(key);
    Instant now = clock.instant();
    Remembered known = remembered.get(hash);
    if (known != null && now.isBefore(known.until)) {
      return Optional.of(known.caller);
    }
    Optional<Caller> caller = store.apiKey(hash).map(ApiKeys::caller);
    if (remembered.size() >= MOST_REMEMBERED) {
      remembered.clear();
    }
    caller.ifPresentOrElse(
        found -> remembered.put(hash, new Remembered(found, now.plus(REMEMBERED))),
        () -> remembered.remove(hash));
    return caller;
  }

  /**
   * Makes a new key.
   *
   * @param name what to know it by, 1 to 100 characters
   * @param tokensRequired whether it speaks for people only with identity tokens; for keys in apps
   *     and pages
   * @param by who makes it
   * @throws IllegalArgumentException when it cannot be made, in words for people
   */
  public Created create(String name, Set<Scope> scopes, boolean tokensRequired, Actor by) {
    if (name.isBlank() || name.length() > 100 || name.equals(AT_START)) {
      throw new IllegalArgumentException("A key's name has 1 to 100 characters.");
    }
    if (name.codePoints().anyMatch(ApiKeys::isInvisible)) {
      throw new IllegalArgumentException(
          "A key's name has no control characters and none that cannot be seen.");
    }
    if (logins.login(Logins.folded(name)).isPresent()) {
      throw new IllegalArgumentException(
          "A login has this name, and what the key makes would seem to be made by it.");
    }
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("A key needs at least one scope.");
    }
    if (tokensRequired && !isPublic(scopes)) {
      throw new IllegalArgumentException(NO_TOKENS);
    }
    String key = PREFIX + Tokens.create();
    put(name, key, key.substring(0, PREFIX.length() + 5), scopes);
    ApiKey kept = store.apiKey(Tokens.hash(key)).orElseThrow();
    if (tokensRequired) {
      store.setTokensRequired(kept.id(), true);
      remembered.clear();
    }
    audit.record(
        by,
        "key.create",
        name,
        keys(scopes).stream().sorted().toList() + (tokensRequired ? ", identity tokens" : ""));
    return new Created(kept.id(), key);
  }

  /**
   * A key that was just made.
   *
   * @param key the key itself, which cannot be shown again
   */
  public record Created(int id, String key) {}

  /**
   * Says whether a key speaks for people only with identity tokens; false when there is no such
   * key, or it was revoked.
   *
   * @throws IllegalArgumentException when it is not a key for apps and pages, in words for people
   */
  public boolean setTokensRequired(int id, boolean required, Actor by) {
    ApiKey key = find(id).filter(one -> one.revokedAt() == null).orElse(null);
    if (key == null) {
      return false;
    }
    if (!isPublic(key)) {
      throw new IllegalArgumentException(NO_TOKENS);
    }
    boolean set = store.setTokensRequired(id, required);
    remembered.clear();
    if (set) {
      audit.record(by, "key.tokens", key.name(), required ? "required" : "optional");
    }
    return set;
  }

  /** The key with this id, revoked ones too. */
  public Optional<ApiKey> find(int id) {
    return store.apiKeys().stream().filter(key -> key.id() == id).findFirst();
  }

  /** Whether a key is made for apps and pages, where everybody can copy it. */
  public static boolean isPublic(ApiKey key) {
    return isPublic(caller(key).scopes());
  }

  private static boolean isPublic(Set<Scope> scopes) {
    return scopes.contains(Scope.DATA_APPEND)
        && !scopes.contains(Scope.DATA_WRITE)
        && !scopes.contains(Scope.ADMIN);
  }

  /** Whether a character can make one name look like another. */
  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /**
   * Makes the key valid with all scopes, in place of the one that was given at an earlier start.
   *
   * @throws IllegalArgumentException when it is too short or too long, in words for people
   */
  public void registerAtStart(String key) {
    if (key.strip().length() < SHORTEST || key.length() > LONGEST) {
      throw new IllegalArgumentException(
          "An API key has %d to %d characters.".formatted(SHORTEST, LONGEST));
    }
    boolean known = store.apiKey(Tokens.hash(key)).isPresent();
    put(AT_START, key, key.substring(0, Math.min(8, key.length() / 4)), EnumSet.allOf(Scope.class));
    int id = store.apiKey(Tokens.hash(key)).orElseThrow().id();
    for (ApiKey old : store.apiKeys()) {
      if (old.name().equals(AT_START) && old.id() != id && old.revokedAt() == null) {
        revoke(old.id(), Actor.SYSTEM);
      }
    }
    if (!known) {
      audit.record(Actor.SYSTEM, "key.create", AT_START, "all scopes");
    }
  }

  /** All keys, revoked ones too, in the order of their making. */
  public List<ApiKey> list() {
    return store.apiKeys();
  }

  /** Makes a key invalid for ever; false when it was none or was revoked before. */
  public boolean revoke(int id, Actor by) {
    boolean revoked = store.revokeApiKey(id, clock.instant());
    remembered.clear();
    if (revoked) {
      audit.record(by, "key.revoke", Integer.toString(id), null);
    }
    return revoked;
  }

  private void put(String name, String key, String shownPrefix, Set<Scope> scopes) {
    store.putApiKey(name, Tokens.hash(key), shownPrefix, keys(scopes), clock.instant());
    remembered.clear();
  }

  private static Set<String> keys(Set<Scope> scopes) {
    return scopes.stream().map(Scope::key).collect(Collectors.toSet());
  }

  private static Caller caller(ApiKey key) {
    return new Caller(
        Actor.apiKey(key.id(), key.name()),
        key.scopes().stream()
            .flatMap(scope -> Scope.ofKey(scope).stream())
            .collect(Collectors.toSet()),
        key.tokensRequired());
  }

  private record Remembered(Caller caller, Instant until) {}
}
