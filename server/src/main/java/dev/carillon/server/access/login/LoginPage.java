package dev.carillon.server.access.login;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** The page with the form to sign in. */
@Component
public final class LoginPage {
  private static final String TEMPLATES = "dev.carillon.server.pages.templates";

  private final TemplateEngine templates;

  LoginPage(ObjectProvider<TemplateEngine> templates) {
    this.templates =
        templates.getIfAvailable(
            () -> TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES));
  }

  /**
   * The page as HTML.
   *
   * @param problem what went wrong, in words; null when nothing did
   * @param notice what else to say, in words; null for nothing
   */
  String html(CsrfToken csrf, @Nullable String problem, @Nullable String notice) {
    StringOutput html = new StringOutput();
    templates.render(
        "login.jte",
        new LoginModel(csrf.getParameterName(), csrf.getToken(), problem, notice),
        html);
    return html.toString();
  }

  /** Answers a form that cannot be looked at now with the page, and says when to send it again. */
  void later(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      Duration wait,
      String problem)
      throws IOException {
    CsrfToken csrf = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    byte[] page = html(csrf, problem, null).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("Retry-After", Long.toString(wait.toSeconds()));
    response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
  }
}
