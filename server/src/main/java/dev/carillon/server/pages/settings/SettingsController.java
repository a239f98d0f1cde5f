package dev.carillon.server.pages.settings;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.account.AccountService;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.IdentityKey;
import dev.carillon.engine.port.access.Login;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.key.IdentityKeys;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The account, its API keys and logins. */
@Controller
public class SettingsController {
  private final Pages pages;
  private final ApiKeys keys;
  private final IdentityKeys identityKeys;
  private final Logins logins;
  private final AccountService account;
  private final Intake intake;

  SettingsController(
      Pages pages,
      ApiKeys keys,
      IdentityKeys identityKeys,
      Logins logins,
      AccountService account,
      Intake intake) {
    this.pages = pages;
    this.keys = keys;
    this.identityKeys = identityKeys;
    this.intake = intake;
    this.logins = logins;
    this.account = account;
  }

  /**
   * @param account the account's settings
   * @param tokens the keys for identity tokens
   * @param made what was just made
   */
  public record Settings(
      Account account,
      List<ApiKey> keys,
      List<Login> logins,
      List<Scope> scopes,
      Tokens tokens,
      Made made) {

    /** Whether identity tokens can be required of a key. */
    public boolean isPublic(ApiKey key) {
      return key.revokedAt() == null && ApiKeys.isPublic(key);
    }
  }

  /**
   * The keys for identity tokens.
   *
   * @param missing how many records lacked the token that they needed, since the start
   */
  public record Tokens(List<TokenKey> keys, long missing) {}

  /**
   * A key for identity tokens.
   *
   * @param usable whether what it needs can be read; true for revoked ones
   */
  public record TokenKey(IdentityKey key, boolean usable) {}

  /**
   * What was made, or why it was not.
   *
   * @param key an API key, to be shown this once; null when none was made
   * @param keyProblem why no API key was made; null when nothing was wrong
   * @param tokenKey a key for identity tokens, to be shown this once; null when none was made
   * @param tokenKeyProblem why no key for identity tokens was made; null when nothing was wrong
   */
  public record Made(
      @Nullable String key,
      @Nullable String keyProblem,
      IdentityKeys.@Nullable Created tokenKey,
      @Nullable String tokenKeyProblem) {
    static final Made NOTHING = new Made(null, null, null, null);
  }

  /**
   * The account's settings in their form.
   *
   * @param version the one that the form was filled from
   * @param problems what is wrong, by field
   * @param systemControl size of the system control group that holds
   * @param stale whether somebody else changed them meanwhile
   */
  public record Account(
      AccountForm form,
      int version,
      Map<String, String> problems,
      boolean stale,
      int systemControl) {

    public @Nullable String problem(String field) {
      return problems.get(field);
    }

    /** The zones to choose from: those with a place's name, UTC, and the one that holds. */
    public List<String> zones() {
      return ZoneId.getAvailableZoneIds().stream()
          .filter(id -> isPlace(id) || id.equals("UTC") || id.equals(form.zone()))
          .sorted()
          .toList();
    }

    private static boolean isPlace(String id) {
      return id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/");
    }
  }

  @GetMapping("/settings")
  View settings() {
    return page(200, Made.NOTHING);
  }

  @PostMapping("/settings/account")
  View account(
      @RequestParam(defaultValue = "0") int version,
      HttpServletRequest request,
      RedirectAttributes next) {
    AccountForm form = AccountForm.of(request.getParameterMap());
    AccountForm.Read read = form.read();
    AccountSettings settings = read.settings();
    if (settings == null) {
      return page(422, format(form, version, read.problems(), false), Made.NOTHING);
    }
    try {
      account.change(version, settings, Pages.actor(request));
    } catch (StaleVersionException stale) {
      return page(409, format(form, account.kept().version(), Map.of(), true), Made.NOTHING);
    }
    return Redirects.withNotice("The account's settings are saved.", next, "/settings");
  }

  /** Makes a key and shows it in the answer, so that it is kept nowhere else. */
  @PostMapping("/settings/keys")
  View create(
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "") List<String> scope,
      @RequestParam(defaultValue = "false") boolean tokens,
      HttpServletRequest request) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    scope.stream().map(Scope::ofKey).flatMap(Optional::stream).forEach(scopes::add);
    try {
      String key = keys.create(label.strip(), scopes, tokens, Pages.actor(request)).key();
      return page(200, new Made(key, null, null, null));
    } catch (IllegalArgumentException refused) {
      return page(422, new Made(null, refused.getMessage(), null, null));
    }
  }

  @PostMapping("/settings/keys/{id:\\d+}/tokens")
  View tokens(
      @PathVariable int id,
      @RequestParam boolean required,
      HttpServletRequest request,
      RedirectAttributes next) {
    boolean set;
    try {
      set = keys.setTokensRequired(id, required, Pages.actor(request));
    } catch (IllegalArgumentException refused) {
      return page(422, new Made(null, refused.getMessage(), null, null));
    }
    return Redirects.withNotice(
        !set
            ? "There is no such key any more."
            : required
                ? "The key needs identity tokens now to speak for people."
                : "The key speaks for people without identity tokens now.",
        next,
        "/settings");
  }

  /**
   * Makes a key for identity tokens and shows it in the answer, so that it is kept nowhere else.
   */
  @PostMapping("/settings/identity-keys")
  View createIdentityKey(
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "HS256") IdentityKeys.Algorithm algorithm,
      @RequestParam(defaultValue = "") String publicKey,
      HttpServletRequest request) {
    try {
      IdentityKeys.Created created =
          identityKeys.create(
              label.strip(),
              algorithm,
              publicKey.isBlank() ? null : publicKey,
              Pages.actor(request));
      return page(200, new Made(null, null, created, null));
    } catch (IllegalArgumentException refused) {
      return page(422, new Made(null, null, null, refused.getMessage()));
    }
  }

  @PostMapping("/settings/identity-keys/{id:\\d+}/revoke")
  View revokeIdentityKey(
      @PathVariable int id, HttpServletRequest request, RedirectAttributes next) {
    identityKeys.revoke(id, Pages.actor(request));
    return Redirects.withNotice(
        "The key is revoked. Its tokens no longer count.", next, "/settings");
  }

  @PostMapping("/settings/keys/{id:\\d+}/revoke")
  View revoke(@PathVariable int id, HttpServletRequest request, RedirectAttributes next) {
    keys.revoke(id, Pages.actor(request));
    return Redirects.withNotice(
        "The key is revoked. Nothing can use it any more.", next, "/settings");
  }

  /** What a scope allows, in words. */
  public static String words(Scope scope) {
    return switch (scope) {
      case DATA_APPEND ->
          "Add events and properties, for apps and pages: the key may be seen there";
      case DATA_WRITE -> "Send users and events in, consent included";
      case PEOPLE_DELETE -> "Delete people";
      case CAMPAIGNS_READ -> "See campaigns and estimate audiences";
      case CAMPAIGNS_WRITE -> "Make, change and launch campaigns";
      case REPORTS_READ -> "See the numbers";
      case CONNECTIONS_READ -> "See connections, never their secrets";
      case CONNECTIONS_WRITE -> "Set up and change connections";
      case PEOPLE_READ -> "See people and who is behind a number";
      case ADMIN -> "Everything, settings and keys included";
    };
  }

  private Account format(
      AccountForm form, int version, Map<String, String> problems, boolean stale) {
    return new Account(
        form, version, problems, stale, account.settings().systemControlGroup().percent());
  }

  private View page(int status, Made made) {
    KeptSettings kept = account.kept();
    return page(
        status, format(AccountForm.of(kept.settings()), kept.version(), Map.of(), false), made);
  }

  private View page(int status, Account format, Made made) {
    List<TokenKey> tokenKeys =
        identityKeys.list().stream()
            .map(key -> new TokenKey(key, key.revokedAt() != null || identityKeys.isUsable(key)))
            .toList();
    return pages.page(
        status,
        Section.SETTINGS,
        "Settings",
        "settings.jte",
        new Settings(
            format,
            keys.list(),
            logins.list(),
            List.of(Scope.values()),
            new Tokens(tokenKeys, intake.tokensMissing()),
            made));
  }
}
