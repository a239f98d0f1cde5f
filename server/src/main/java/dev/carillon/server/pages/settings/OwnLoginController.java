package dev.carillon.server.pages.settings;

import dev.carillon.server.access.Caller;
import dev.carillon.server.access.login.OwnPassword;
import dev.carillon.server.access.login.OwnPassword.WrongPasswordException;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of the login that somebody is signed in with, where they change its password. */
@Controller
public class OwnLoginController {
  private final Pages pages;
  private final OwnPassword password;

  OwnLoginController(Pages pages, OwnPassword password) {
    this.pages = pages;
    this.password = password;
  }

  /**
   * @param name of the login
   * @param problems what is wrong, by field
   */
  public record OwnLogin(String name, Map<String, String> problems) {

    public @Nullable String problem(String field) {
      return problems.get(field);
    }
  }

  @GetMapping("/account")
  View own(HttpServletRequest request) {
    return page(200, request, Map.of());
  }

  @PostMapping("/account/password")
  View change(
      @RequestParam(defaultValue = "") String present,
      @RequestParam(defaultValue = "") String fresh,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request,
      RedirectAttributes next) {
    if (!fresh.equals(again)) {
      return page(422, request, Map.of("again", "The new password was typed differently here."));
    }
    try {
      password.change(request, Caller.current().orElseThrow(), present, fresh);
    } catch (WrongPasswordException wrong) {
      return page(422, request, Map.of("present", String.valueOf(wrong.getMessage())));
    } catch (IllegalArgumentException refused) {
      return page(422, request, Map.of("fresh", String.valueOf(refused.getMessage())));
    }
    return Redirects.withNotice(
        "Your password is changed. All your other sessions have ended.", next, "/account");
  }

  private View page(int status, HttpServletRequest request, Map<String, String> problems) {
    return pages.page(
        status,
        Section.OUTSIDE,
        "Your login",
        "ownLogin.jte",
        new OwnLogin(Pages.user(request), problems));
  }
}
