package dev.carillon.server.pages;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.account.AccountBook;
import dev.carillon.engine.port.AccessStore.ApiKey;
import dev.carillon.engine.port.AccessStore.Login;
import dev.carillon.engine.port.CampaignStore.StaleVersionException;
import dev.carillon.engine.port.SettingsStore.KeptSettings;
import dev.carillon.server.access.ApiKeys;
import dev.carillon.server.access.Logins;
import dev.carillon.server.access.Scope;
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
  private final Logins logins;
  private final AccountBook account;

  SettingsController(Pages pages, ApiKeys keys, Logins logins, AccountBook account) {
    this.pages = pages;
    this.keys = keys;
    this.logins = logins;
    this.account = account;
  }

  /**
   * @param account the account's settings
   * @param fresh a key that was just made, to be shown this once; null otherwise
   * @param problem why no key was made; null when nothing was wrong
   */
  public record Settings(
      Account account,
      List<ApiKey> keys,
      List<Login> logins,
      List<Scope> scopes,
      @Nullable String fresh,
      @Nullable String problem) {}

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
    return page(200, null, null);
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
      return page(422, shown(form, version, read.problems(), false), null, null);
    }
    try {
      account.change(version, settings, Pages.actor(request));
    } catch (StaleVersionException stale) {
      return page(409, shown(form, account.kept().version(), Map.of(), true), null, null);
    }
    return Next.telling("The account's settings are saved.", next, "/settings");
  }

  /** Makes a key and shows it in the answer, so that it is kept nowhere else. */
  @PostMapping("/settings/keys")
  View create(
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "") List<String> scope,
      HttpServletRequest request) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    scope.stream().map(Scope::ofKey).flatMap(Optional::stream).forEach(scopes::add);
    try {
      return page(200, keys.create(label.strip(), scopes, Pages.actor(request)), null);
    } catch (IllegalArgumentException refused) {
      return page(422, null, refused.getMessage());
    }
  }

  @PostMapping("/settings/keys/{id:\\d+}/revoke")
  View revoke(@PathVariable int id, HttpServletRequest request, RedirectAttributes next) {
    keys.revoke(id, Pages.actor(request));
    return Next.telling("The key is revoked. Nothing can use it any more.", next, "/settings");
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

  private Account shown(
      AccountForm form, int version, Map<String, String> problems, boolean stale) {
    return new Account(
        form, version, problems, stale, account.settings().systemControlGroup().percent());
  }

  private View page(int status, @Nullable String fresh, @Nullable String problem) {
    KeptSettings kept = account.kept();
    return page(
        status,
        shown(AccountForm.of(kept.settings()), kept.version(), Map.of(), false),
        fresh,
        problem);
  }

  private View page(int status, Account shown, @Nullable String fresh, @Nullable String problem) {
    return pages.page(
        status,
        Section.SETTINGS,
        "Settings",
        "settings.jte",
        new Settings(shown, keys.list(), logins.list(), List.of(Scope.values()), fresh, problem));
  }
}
