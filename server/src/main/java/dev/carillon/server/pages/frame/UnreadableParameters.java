package dev.carillon.server.pages.frame;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Refuses parameters that cannot be read where they are looked at to find what is asked for, so
 * that nothing is known yet that could answer. Comes after all others.
 */
@ControllerAdvice
@Order
class UnreadableParameters {

  @ExceptionHandler
  void refuse(InvalidParameterException unreadable, HttpServletResponse response)
      throws IOException {
    response.sendError(unreadable.getErrorCode());
  }

  @ExceptionHandler
  void refuse(RequestRejectedException unreadable, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
  }
}
