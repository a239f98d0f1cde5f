package dev.carillon.server.ingest;

import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.port.StoreUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the ingestion servlets share: clear answers when something is not taken. */
abstract class IngestServlet extends HttpServlet implements SelfAuthenticating {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(IngestServlet.class);

  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Takes one request; what it throws is answered here. */
  abstract void take(HttpServletRequest request, HttpServletResponse response) throws IOException;

  @Override
  protected final void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    guarded(request, response);
  }

  final void guarded(HttpServletRequest request, HttpServletResponse response) throws IOException {
    try {
      take(request, response);
    } catch (RefusedBodyException refused) {
      if (refused.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
        response.setHeader("Retry-After", "1");
      }
      refuse(response, refused.status(), refused.code(), refused.words());
    } catch (InvalidParameterException unreadable) {
      refuse(
          response,
          unreadable.getErrorCode(),
          "invalidParameter",
          "The parameters cannot be read: there are too many, or one is not encoded as UTF-8.");
    } catch (OverloadedException overloaded) {
      response.setHeader("Retry-After", "1");
      refuse(
          response,
          503,
          "overloaded",
          "Too much is waiting to be written. Nothing was taken; send it again in a second.");
    } catch (StoreUnavailableException unavailable) {
      // The store logs its outage once; a line for each request would help to fill the disk.
      log.debug("Data could not be kept", unavailable);
      response.setHeader("Retry-After", "5");
      refuse(
          response,
          503,
          "storeUnavailable",
          "The data cannot be kept now. Nothing was taken; send it again in a few seconds.");
    }
  }

  /** Answers with an error in this endpoint's format. */
  abstract void refuse(HttpServletResponse response, int status, String code, String words)
      throws IOException;

  static void json(HttpServletResponse response, int status, JsonNode body) throws IOException {
    byte[] bytes = MAPPER.writeValueAsBytes(body);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
