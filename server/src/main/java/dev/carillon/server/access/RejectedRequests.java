package dev.carillon.server.access;

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
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Answers requests that are turned away before any of our code sees them, because nobody can say
 * for certain what their address means. Programs get a problem document, as for all other errors.
 */
@Configuration(proxyBeanMethods = false)
class RejectedRequests {
  /** Where the addresses begin that programs use. */
  private static final List<String> OF_PROGRAMS = List.of("/api/", "/1/", "/v1/", "/hooks/");

  private static final String WORDS =
      "This address is not taken. Encode each part of it as UTF-8 in percent form; the characters"
          + " slash, backslash, semicolon and percent and control characters may not be in it even"
          + " so. A person whose identity has them is named by ?identity=.";

  private static boolean ofProgram(@Nullable String address) {
    return address != null && OF_PROGRAMS.stream().anyMatch(address::startsWith);
  }

  private static String document(int status) {
    return Refusals.document(status, "Bad Request", "invalidAddress", WORDS);
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
        Refusals.send(response, 400, document(400));
      } else {
        others.handle(request, response, why);
      }
    }
  }

  /** What Tomcat turns away before it knows whom to ask. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> rejectedByTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ByTomcat()));
  }

  static final class ByTomcat extends ErrorReportValve {
    ByTomcat() {
      setShowReport(false);
      setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
      if (response.getStatus() != 400 || !ofProgram(request.getRequestURI())) {
        super.report(request, response, thrown);
        return;
      }
      if (response.getContentWritten() > 0 || !response.setErrorReported()) {
        return;
      }
      try {
        response.setContentType("application/problem+json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        Writer writer = response.getReporter();
        if (writer != null) {
          writer.write(document(400));
          response.finishResponse();
        }
      } catch (IOException gone) {
        container.getLogger().debug("nobody waits for the answer any more", gone);
      }
    }
  }
}
