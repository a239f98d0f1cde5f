package dev.carillon.server.pages.frame;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.server.access.Caller;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Makes pages from templates: each is given its frame and one model. Thread-safe. */
@Component
public class Pages {
  /** The flash attribute of the notice that the next page shows once. */
  public static final String NOTICE = "notice";

  private static final Set<String> THEMES = Set.of("light", "dark");

  private final TemplateEngine templates;
  private final Account account;
  private final InstantSource clock;
  private final Assets assets = new Assets();

  public Pages(TemplateEngine templates, Account account, InstantSource clock) {
    this.templates = templates;
    this.account = account;
    this.clock = clock;
  }

  /** The name of who is logged in. */
  public static String user(HttpServletRequest request) {
    return String.valueOf(request.getRemoteUser());
  }

  /** Who is logged in, for the audit log. */
  public static Actor actor(HttpServletRequest request) {
    return Caller.actor(request.getUserPrincipal());
  }

  /** The page as Spring asks for it. */
  public View page(Section section, String title, String template, Object model) {
    return page(200, section, title, template, model);
  }

  /** The page with another status. */
  public View page(int status, Section section, String title, String template, Object model) {
    return new View() {
      @Override
      public String getContentType() {
        return "text/html;charset=UTF-8";
      }

      @Override
      public void render(
          @Nullable Map<String, ?> attributes,
          HttpServletRequest request,
          HttpServletResponse response)
          throws IOException {
        Frame frame = frame(request, section, title, attributes);
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, Map.of("frame", frame, "page", model), output);
        response.setStatus(status);
        response.setContentType(getContentType());
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(output.getContentLength());
        output.writeTo(response.getOutputStream());
      }
    };
  }

  /** The page's frame as it is now, to make the page again when the request is over. */
  public Frozen freeze(HttpServletRequest request, Section section, String title) {
    return new Frozen(frame(request, section, title, null));
  }

  /** A reader, remembered beyond one request. */
  public final class Frozen {
    private final Frame frame;

    private Frozen(Frame frame) {
      this.frame = frame;
    }

    /** How numbers and times are written for the reader, now. */
    public DisplayFormat format() {
      return new DisplayFormat(frame.format().locale(), frame.format().zone(), clock.instant());
    }

    public String text(String template, Object model) {
      Utf8ByteOutput output = new Utf8ByteOutput();
      templates.render(template, Map.of("frame", frame.at(clock.instant()), "page", model), output);
      return new String(output.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  private Frame frame(
      HttpServletRequest request,
      Section section,
      String title,
      @Nullable Map<String, ?> attributes) {
    Principal user = request.getUserPrincipal();
    Set<String> allowed = allowed(user);
    return new Frame(
        title,
        section,
        assets,
        format(request),
        user == null ? null : user.getName(),
        allowed.contains("campaigns:write"),
        allowed.contains("connections:write"),
        allowed.contains("admin"),
        csrf(request),
        theme(request),
        attributes != null && attributes.get(NOTICE) instanceof String notice ? notice : null);
  }

  private static Set<String> allowed(@Nullable Principal user) {
    return user instanceof Authentication caller
        ? caller.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** The format of numbers and times for this request. */
  public DisplayFormat format(HttpServletRequest request) {
    Locale locale = RequestContextUtils.getLocale(request);
    return new DisplayFormat(locale, account.zone(), clock.instant());
  }

  private static Frame.@Nullable Csrf csrf(HttpServletRequest request) {
    return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
        ? new Frame.Csrf(token.getParameterName(), token.getToken())
        : null;
  }

  private static @Nullable String theme(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals("theme") && THEMES.contains(cookie.getValue())) {
          return cookie.getValue();
        }
      }
    }
    return null;
  }
}
