package dev.carillon.server.access.login;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.ApiKeyStore;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.engine.port.access.KnownPlaceStore;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Role;
import dev.carillon.server.access.audit.AuditLog;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The people who may sign in. Names are the same in any case. Thread-safe. */
public final class Logins {
  /** Name of the login that a first start makes. */
  public static final String FIRST = "admin";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,63}");

  /** Without letters and digits that look alike. */
  private static final String GENERATED_FROM = "abcdefghjkmnpqrstuvwxyz23456789";

  private final LoginStore store;
  private final ApiKeyStore keys;
  private final KnownPlaceStore places;
  private final PasswordEncoder encoder;
  private final InstantSource clock;
  private final AuditLog audit;

  /**
   * A password for the first login, should it need one, with its hash, which is also checked for
   * names that no login has. Made beside the start, which need not wait for it.
   */
  private final CompletableFuture<Generated> generated;

  private record Generated(String password, String hash) {}

  public Logins(
      LoginStore store,
      ApiKeyStore keys,
      KnownPlaceStore places,
      PasswordEncoder encoder,
      InstantSource clock,
      AuditLog audit) {
    this.store = store;
    this.keys = keys;
    this.places = places;
    this.encoder = encoder;
    this.clock = clock;
    this.audit = audit;
    this.generated = CompletableFuture.supplyAsync(this::generate);
  }

  private Generated generate() {
    String password = freshPassword();
    return new Generated(password, hash(password));
  }

  /** The logins of a store, for the command line. */
  public static <S extends LoginStore & ApiKeyStore & KnownPlaceStore & AuditStore> Logins of(
      S store, InstantSource clock) {
    return new Logins(
        store, store, store, PasswordHashing.encoder(), clock, new AuditLog(store, clock));
  }

  /** A password that is good enough to be given out. */
  public static String freshPassword() {
    SecureRandom random = new SecureRandom();
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      password.append(i > 0 && i % 5 == 0 ? "-" : "");
      password.append(GENERATED_FROM.charAt(random.nextInt(GENERATED_FROM.length())));
    }
    return password.toString();
  }

  /**
   * Creates a login.
   *
   * @param by who does so
   * @throws IllegalArgumentException when name or password will not do, or the name is taken, in
   *     words for people
   */
  public void add(String name, String password, Role role, Actor by) {
    String folded = freeName(name);
    PasswordRules.check(folded, password);
    create(folded, hash(password), role, by);
  }

  private void create(String folded, String hash, Role role, Actor by) {
    store.putLogin(folded, hash, role.key(), clock.instant());
    audit.record(by, "user.add", folded, role.key());
  }

  /** The name as logins bear it, when a new one can have it. */
  private String freeName(String name) {
    String folded = folded(name);
    if (!NAME.matcher(folded).matches()) {
      throw new IllegalArgumentException(
          "A login's name has 1 to 64 characters out of letters, digits and . _ @ + -");
    }
    if (store.login(folded).isPresent()) {
      throw new IllegalArgumentException(
          "There is a login %1$s already. To change it: carillon user password %1$s, carillon user role %1$s --role ROLE."
              .formatted(folded));
    }
    if (keys.apiKeys().stream().anyMatch(key -> folded(key.name()).equals(folded))) {
      throw new IllegalArgumentException(
          "An API key has or had this name, and what it made would seem to be made by the login.");
    }
    return folded;
  }

  /**
   * Gives a login another role, which ends its sessions.
   *
   * @throws IllegalArgumentException when there is no such login, or it is the last admin, in words
   *     for people
   */
  public void changeRole(String name, Role role, Actor by) {
    Login login = known(name);
    refuseWithoutAdmin(login.name(), role);
    store.putLogin(login.name(), login.passwordHash(), role.key(), clock.instant());
    audit.record(by, "user.role", login.name(), role.key());
  }

  /**
   * Replaces a login's password, which ends its sessions.
   *
   * @throws IllegalArgumentException when the password will not do, or there is no such login, in
   *     words for people
   */
  public void changePassword(String name, String password, Actor by) {
    String folded = known(name).name();
    PasswordRules.check(folded, password);
    if (!store.setPassword(folded, hash(password))) {
      throw missing(folded);
    }
    audit.record(by, "user.password", folded, null);
  }

  /**
   * Makes a link that is good for some minutes: the browser that opens it is known for the login,
   * so that other people's tries cannot delay it. The password is still asked for.
   *
   * @return path and query of the link
   * @throws IllegalArgumentException when there is no such login, in words for people
   */
  public String link(String name, Actor by) {
    String folded = known(name).name();
    String token = KnownPlaces.link(places, folded, clock);
    audit.record(by, "user.link", folded, null);
    return "/login?name=" + URLEncoder.encode(folded, StandardCharsets.UTF_8) + "&browser=" + token;
  }

  /**
   * Deletes a login and ends its sessions; false when there was none.
   *
   * @throws IllegalArgumentException when it is the last admin
   */
  public boolean delete(String name, Actor by) {
    String folded = folded(name);
    refuseWithoutAdmin(folded, null);
    boolean deleted = store.deleteLogin(folded);
    if (deleted) {
      audit.record(by, "user.delete", folded, null);
    }
    return deleted;
  }

  /** All logins by name. */
  public List<Login> list() {
    return store.logins();
  }

  /**
   * Makes the first login when there is none.
   *
   * @param password its password; null: a generated one
   * @return the generated password, to be shown once; empty when none was generated
   */
  public Optional<String> ensureFirst(@Nullable String password) {
    if (!store.logins().isEmpty()) {
      return Optional.empty();
    }
    if (password != null) {
      add(FIRST, password, Role.ADMIN, Actor.SYSTEM);
      return Optional.empty();
    }
    create(freeName(FIRST), generated.join().hash(), Role.ADMIN, Actor.SYSTEM);
    return Optional.of(generated.join().password());
  }

  /** Who this is, if name and password fit. Takes as long for names that do not exist. */
  Optional<Caller> check(String name, String password) {
    Optional<Login> login = store.login(folded(name));
    String hash = login.map(Login::passwordHash).orElseGet(() -> generated.join().hash());
    boolean fits = encoder.matches(password, hash);
    return fits ? login.flatMap(Logins::caller) : Optional.empty();
  }

  /** The login as it is now; a session holds what it was when it began. */
  Optional<Login> login(String name) {
    return store.login(name);
  }

  private Login known(String name) {
    String folded = folded(name);
    return store.login(folded).orElseThrow(() -> missing(folded));
  }

  private static IllegalArgumentException missing(String folded) {
    return new IllegalArgumentException("There is no login " + folded + ".");
  }

  /** The name as logins bear it; empty when none can bear it. */
  static String nameOrNone(String typed) {
    String folded = folded(typed);
    return NAME.matcher(folded).matches() ? folded : "";
  }

  public static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Optional<Caller> caller(Login login) {
    return Role.ofKey(login.role())
        .map(role -> new Caller(Actor.login(login.name()), role.scopes()));
  }

  private void refuseWithoutAdmin(String changed, @Nullable Role role) {
    List<String> admins =
        store.logins().stream()
            .filter(login -> login.role().equals(Role.ADMIN.key()))
            .map(Login::name)
            .toList();
    if (role != Role.ADMIN && admins.equals(List.of(changed))) {
      throw new IllegalArgumentException("The last admin cannot be removed.");
    }
  }

  private String hash(String password) {
    String hash = encoder.encode(password);
    if (hash == null) {
      throw new IllegalStateException("no hash of a password");
    }
    return hash;
  }
}
