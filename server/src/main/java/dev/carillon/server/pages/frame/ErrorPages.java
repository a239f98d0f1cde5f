package dev.carillon.server.pages.frame;

import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.server.access.security.Refusal;
import dev.carillon.server.settings.UploadLimit;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** What people see when something cannot be shown or done. */
@Controller
@ControllerAdvice("dev.carillon.server.pages")
@Order(0)
public class ErrorPages implements ErrorController {
  private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);
  private static final int TOO_LARGE = 413;

  private final Pages pages;
  private final UploadLimit limit;

  ErrorPages(Pages pages, UploadLimit limit) {
    this.pages = pages;
    this.limit = limit;
  }

  /**
   * @param title what is wrong
   * @param words what to do
   */
  public record Wrong(int status, String title, String words) {}

  /** Errors that arose outside of the controllers. */
  @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
  View error(HttpServletRequest request) {
    return status(request) == TOO_LARGE ? show(tooLarge(request)) : show(status(request));
  }

  /** The same for programs. */
  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> problem(HttpServletRequest request) {
    int status = status(request);
    Object address = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Refusal refusal = Refusal.of(status, request, address == null ? null : address.toString());
    ProblemDetail detail = ProblemDetail.forStatus(status);
    detail.setDetail(status == TOO_LARGE ? tooLarge(request).words() : refusal.words());
    detail.setProperty("code", refusal.code());
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }

  /** Said before the form is read, since its token is in it as well. */
  private Wrong tooLarge(HttpServletRequest request) {
    String type = request.getContentType();
    boolean file = type != null && type.startsWith(MediaType.MULTIPART_FORM_DATA_VALUE);
    return file
        ? new Wrong(
            TOO_LARGE,
            "The file is too large",
            limit.words() + " People can also be imported with the command carillon import.")
        : new Wrong(
            TOO_LARGE,
            "That is too much for a form",
            "What is typed into a form has at most 1 MB. Put long lists of people into a file and"
                + " bring it in as a list.");
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : 404;
  }

  @ExceptionHandler
  View unknown(CampaignException.Unknown unknown) {
    return show(404);
  }

  @ExceptionHandler
  View unknown(AudienceException.Unknown unknown) {
    return show(404);
  }

  @ExceptionHandler
  View cannot(AudienceException impossible) {
    String words = impossible.getMessage();
    return show(new Wrong(409, "That cannot be done now", words == null ? "" : words));
  }

  @ExceptionHandler
  View cannot(CampaignException impossible) {
    String words = impossible.getMessage();
    return show(
        new Wrong(
            409,
            "That cannot be done now",
            (words == null ? "" : words + " ")
                + "Somebody else may have changed it meanwhile; go back and look again."));
  }

  @ExceptionHandler
  View status(ResponseStatusException refused) {
    return show(refused.getStatusCode().value());
  }

  @ExceptionHandler
  View tooLarge(MaxUploadSizeExceededException large, HttpServletRequest request) {
    return show(tooLarge(request));
  }

  @ExceptionHandler
  View unreadable(MultipartException unreadable) {
    return show(400);
  }

  /** A parameter is not of its kind, such as a version that is no number. */
  @ExceptionHandler
  View unreadable(TypeMismatchException unreadable) {
    return show(400);
  }

  @ExceptionHandler
  View missing(NoResourceFoundException missing) {
    return show(404);
  }

  @ExceptionHandler
  View unavailable(StoreUnavailableException unavailable) {
    log.warn("The store is unavailable: {}", unavailable.getMessage());
    return show(
        new Wrong(
            503,
            "The store cannot be used now",
            "Nothing was changed. Try again in a moment; if it persists, ask the operator to look"
                + " at the server's log."));
  }

  @ExceptionHandler
  View parameters(InvalidParameterException unreadable) {
    return show(unreadable.getErrorCode());
  }

  @ExceptionHandler
  View parameters(RequestRejectedException unreadable) {
    return show(400);
  }

  @ExceptionHandler
  View unexpected(RuntimeException unexpected) {
    log.error("A page failed", unexpected);
    return show(500);
  }

  private View show(int status) {
    return show(
        switch (status) {
          case 403 ->
              new Wrong(
                  403,
                  "You may not do this",
                  "Your login lets you read here, not change this. Ask an admin if you need it.");
          case 404 ->
              new Wrong(
                  404,
                  "There is nothing at this address",
                  "It may have been deleted, or the address is not complete.");
          case 503 ->
              new Wrong(
                  503,
                  "Too much is going on here",
                  "Nothing was taken. Try again in a few seconds.");
          default ->
              status < 500
                  ? new Wrong(
                      status,
                      "This request cannot be answered",
                      "Something in it is not as expected. Go back and try again.")
                  : new Wrong(
                      status,
                      "Something went wrong here",
                      "It is not your fault, and it was logged. Try again; if it persists, ask the"
                          + " operator.");
        });
  }

  private View show(Wrong wrong) {
    return pages.page(wrong.status(), Section.OUTSIDE, wrong.title(), "error.jte", wrong);
  }
}
