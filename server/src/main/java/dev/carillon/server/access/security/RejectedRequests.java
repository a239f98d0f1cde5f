package dev.carillon.server.access.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers requests that are turned away before any of our code sees them, because their address is
 * ambiguous. Programs get a problem document, as for all other errors.
 */
@Configuration(proxyBeanMethods = false)
class RejectedRequests {
  /** Where the addresses begin that programs use. */
  private static final List<String> OF_PROGRAMS = List.of("/api/", "/1/", "/v1/", "/hooks/");

  private static boolean ofProgram(@Nullable String address) {
    return address != null && OF_PROGRAMS.stream().anyMatch(address::startsWith);
  }

  /** What Spring Security's firewall turns away. */
  @Bean
  RequestRejectedHandler rejectedRequestHandler() {
    return new ByFirewall();
  }

  private static final class ByFirewall implements RequestRejectedHandler {
    private final RequestRejectedHandler others = new HttpStatusRequestRejectedHandler();

    @Override
    public void handle(
        HttpServletRequest request, HttpServletResponse response, RequestRejectedException why)
        throws IOException, ServletException {
      if (ofProgram(request.getRequestURI())) {
        SecurityErrorResponses.send(response, 400, document(400, Refusal.ADDRESS));
      } else {
        others.handle(request, response, why);
      }
    }
  }

  /** What Tomcat turns away before it has chosen a web application. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> rejectedByTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ByTomcat()));
  }

  /** Answers in a few words; Tomcat's own page, with its name on it, never shows. */
  static final class ByTomcat extends ErrorReportValve {
    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      int status = response.getStatus();
      if (status < HttpServletResponse.SC_BAD_REQUEST
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      String address = thrown == null ? request.getRequestURI() : null;
      Refusal refusal = Refusal.of(status, request, address);
      boolean program = ofProgram(request.getRequestURI());
      try {
        response.setContentType(program ? "application/problem+json" : "text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        Writer writer = response.getReporter();
        if (writer != null) {
          writer.write(program ? document(status, refusal) : text(status, refusal));
          response.finishResponse();
        }
      } catch (IOException gone) {
        container.getLogger().debug("the client is gone before the answer", gone);
      }
    }
  }

  private static String document(int status, Refusal refusal) {
    return SecurityErrorResponses.document(status, reason(status), refusal.code(), refusal.words());
  }

  private static String text(int status, Refusal refusal) {
    return "%d %s%n%s%n".formatted(status, reason(status), refusal.words());
  }

  private static String reason(int status) {
    HttpStatus known = HttpStatus.resolve(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
