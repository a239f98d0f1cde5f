package dev.carillon.server.access.login;

import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.access.KnownPlaceStore;
import dev.carillon.engine.port.access.PlaceKind;
import dev.carillon.server.access.Tokens;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The browsers and addresses from which each login has signed in. A browser shows tokens in a
 * cookie, one for each login; only their hashes are kept. Being known gives a place tries of its
 * own and opens nothing. Thread-safe.
 */
public final class KnownPlaces {
  public static final String COOKIE = "carillon_browser";

  private static final Logger log = LoggerFactory.getLogger(KnownPlaces.class);
  private static final Duration BROWSER = Duration.ofDays(180);
  private static final Duration ADDRESS = Duration.ofDays(30);
  private static final Duration LINK = Duration.ofMinutes(15);

  /** Of one kind for a login; beyond it those are forgotten that would be next. */
  private static final int MOST = 20;

  /** People who share a browser; beyond it the one who signed in longest ago is forgotten. */
  private static final int MOST_TOKENS = 5;

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final KnownPlaceStore store;
  private final InstantSource clock;
  private final boolean secureCookies;

  public KnownPlaces(KnownPlaceStore store, InstantSource clock, boolean secureCookies) {
    this.store = store;
    this.clock = clock;
    this.secureCookies = secureCookies;
  }

  /** The tokens that a browser shows. */
  static List<String> tokens(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? List.of()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(COOKIE))
            .flatMap(cookie -> Arrays.stream(cookie.getValue().split("\\.", MOST_TOKENS + 1)))
            .filter(token -> TOKEN.matcher(token).matches())
            .limit(MOST_TOKENS)
            .toList();
  }

  /** The hash of the token by which the browser is known for the login; empty when it is not. */
  Optional<String> browser(String login, List<String> tokens) {
    return tokens.stream()
        .map(Tokens::hash)
        .filter(hash -> store.isKnownPlace(login, PlaceKind.BROWSER, hash, clock.instant()))
        .findFirst();
  }

  boolean knowsAddress(String login, String address) {
    return store.isKnownPlace(login, PlaceKind.ADDRESS, address, clock.instant());
  }

  /**
   * The login has signed in: its browser gets a new token, and both places are known from now.
   * Where they cannot be kept, as on a full disk, people sign in all the same.
   */
  void remember(
      String login, String address, HttpServletRequest request, HttpServletResponse response) {
    List<String> shown = tokens(request);
    try {
      String before = browser(login, shown).orElse("");
      String token = keep(store, login, clock.instant().plus(BROWSER));
      store.putKnownPlace(login, PlaceKind.ADDRESS, address, clock.instant().plus(ADDRESS), MOST);
      store.deleteKnownPlace(login, PlaceKind.BROWSER, before);
      show(
          response,
          Stream.concat(
              Stream.of(token), shown.stream().filter(one -> !Tokens.hash(one).equals(before))));
    } catch (StoreUnavailableException failed) {
      log.warn("It cannot be kept from where {} has signed in", login, failed);
    }
  }

  private static String keep(KnownPlaceStore store, String login, Instant expiresAt) {
    String token = Tokens.create();
    store.putKnownPlace(login, PlaceKind.BROWSER, Tokens.hash(token), expiresAt, MOST);
    return token;
  }

  /** A token that makes the browser which gets it known for the login, for some minutes. */
  static String link(KnownPlaceStore store, String login, InstantSource clock) {
    return keep(store, login, clock.instant().plus(LINK));
  }

  /** Lets the browser show a token that came by a link; nothing happens when it is not valid. */
  void follow(
      String login, String token, HttpServletRequest request, HttpServletResponse response) {
    if (TOKEN.matcher(token).matches() && browser(login, List.of(token)).isPresent()) {
      show(response, Stream.concat(Stream.of(token), tokens(request).stream()));
    }
  }

  private void show(HttpServletResponse response, Stream<String> tokens) {
    Cookie cookie =
        new Cookie(COOKIE, tokens.distinct().limit(MOST_TOKENS).collect(Collectors.joining(".")));
    cookie.setPath("/login");
    cookie.setMaxAge((int) BROWSER.toSeconds());
    cookie.setHttpOnly(true);
    cookie.setSecure(secureCookies);
    cookie.setAttribute("SameSite", "Lax");
    response.addCookie(cookie);
  }
}
