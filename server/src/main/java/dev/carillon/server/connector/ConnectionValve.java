package dev.carillon.server.connector;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Says of each request what its connection has to know: that the server ends, that the body came
 * too slowly (which is answered 408, whatever became of the attempt to read it), and who sent it.
 */
public final class ConnectionValve extends ValveBase {
  private final GracefulEnd end;

  public ConnectionValve(GracefulEnd end) {
    super(true);
    this.end = end;
  }

  /** Notes that the sender of a request has shown a login or key that is valid. */
  public static void known(HttpServletRequest request) {
    request.setAttribute(TimedProcessor.KNOWN_SENDER, true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (end.isEnding()) {
      response.setHeader("Connection", "close");
    }
    getNext().invoke(request, response);
    if (request.getAttribute(TimedProcessor.KNOWN_SENDER) != null) {
      request.getCoyoteRequest().setAttribute(TimedProcessor.KNOWN_SENDER, true);
    }
    if (request.getCoyoteRequest().getErrorException() instanceof SocketTimeoutException
        && !request.isAsync()
        && !response.isCommitted()) {
      request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
      answerTooSlow(response);
    }
  }

  private static void answerTooSlow(Response response) throws IOException {
    response.setSuspended(false);
    response.reset();
    response.setErrorReported();
    response.setStatus(LastWords.TOO_SLOW.status);
    response.setHeader("Connection", "close");
    response.setContentType("application/problem+json");
    byte[] document = LastWords.TOO_SLOW.document();
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }
}
