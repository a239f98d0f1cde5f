package dev.carillon.server.api;

import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.connection.ConnectionProblemsException;
import dev.carillon.engine.connection.SecretsNeededException;
import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.server.api.audience.SegmentView;
import dev.carillon.server.api.audience.UsageView;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.LimitedStream;
import dev.carillon.server.ingest.RefusedBodyException;
import dev.carillon.server.settings.UploadLimit;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong in the API into problem documents with a stable code. */
@RestControllerAdvice("dev.carillon.server.api")
@Order(0)
class ProblemResponses extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

  private final UploadLimit limit;

  ProblemResponses(UploadLimit limit) {
    this.limit = limit;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> api(ApiException problem) {
    ProblemDetail detail = problem(problem.status(), problem.code(), problem.words());
    if (!problem.errors().isEmpty()) {
      detail.setProperty("errors", problem.errors());
    }
    return answer(detail);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> stale(StaleVersionException stale) {
    return answer(
        problem(
            409,
            "staleVersion",
            "Somebody else changed it since you read it. Read it again and repeat your change."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> campaign(CampaignException refused) {
    String words = String.valueOf(refused.getMessage());
    return switch (refused) {
      case CampaignException.Unknown unknown -> answer(problem(404, "notFound", words));
      case CampaignException.WrongStatus wrong -> answer(problem(409, "wrongStatus", words));
      case CampaignException.NotReady notReady -> {
        ProblemDetail detail = problem(422, "notReady", words);
        detail.setProperty(
            "errors",
            notReady.problems().stream()
                .map(p -> new ApiException.Detail(p.pointer(), p.code(), p.words()))
                .toList());
        yield answer(detail);
      }
    };
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> nameTaken(NameTakenException taken) {
    return answer(problem(409, "nameTaken", String.valueOf(taken.getMessage())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> audience(AudienceException refused) {
    String words = String.valueOf(refused.getMessage());
    return switch (refused) {
      case AudienceException.Unknown unknown -> answer(problem(404, "notFound", words));
      case AudienceException.Circle circle -> answer(problem(422, "segmentCircle", words));
      case AudienceException.TooLarge large -> answer(problem(422, "ruleTooLarge", words));
      case AudienceException.Unreadable unreadable -> {
        ProblemDetail detail = problem(400, "invalidList", words);
        detail.setProperty(
            "errors", List.of(new ApiException.Detail("/" + unreadable.field(), "invalid", words)));
        yield answer(detail);
      }
      case AudienceException.UnknownReferences unknown -> {
        ProblemDetail detail = problem(400, "invalidBody", words);
        detail.setProperty("errors", SegmentView.unknown(unknown.places()));
        yield answer(detail);
      }
      case AudienceException.InUse inUse -> {
        ProblemDetail detail = problem(409, inUse.code(), words);
        detail.setProperty("usage", UsageView.of(inUse.usage()));
        yield answer(detail);
      }
    };
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> tooLarge(LimitedStream.TooLargeException large) {
    return answer(problem(413, "tooLarge", String.valueOf(large.getMessage())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> connection(ConnectionProblemsException refused) {
    ProblemDetail detail =
        problem(400, "invalidBody", "The connection cannot be set up like this; errors says why.");
    detail.setProperty(
        "errors",
        refused.problems().stream()
            .map(p -> new ApiException.Detail("/" + p.field(), "invalid", p.words()))
            .toList());
    return answer(detail);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> secretsNeeded(SecretsNeededException refused) {
    ProblemDetail detail =
        problem(
            422,
            "secretsNeeded",
            "The address leads to another server; give all secrets in the same change.");
    detail.setProperty(
        "errors",
        refused.problems().stream()
            .map(p -> new ApiException.Detail("/secrets/" + p.field(), "required", p.words()))
            .toList());
    return answer(detail);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> overloaded(OverloadedException overloaded) {
    return later(problem(503, "overloaded", "Too much is waiting to be written; try again."), 1);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unavailable(StoreUnavailableException unavailable) {
    log.warn("The store is unavailable: {}", unavailable.getMessage());
    return later(problem(503, "storeUnavailable", "The store cannot be used now; try again."), 5);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(MultipartException unreadable) {
    return answer(problem(400, "malformedBody", "The form could not be read to its end."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> parameters(InvalidParameterException unreadable) {
    return answer(
        problem(
            unreadable.getErrorCode(),
            "invalidParameter",
            "The parameters cannot be read: there are too many, or one is not encoded as UTF-8."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> parameters(RequestRejectedException unreadable) {
    return answer(
        problem(
            400, "invalidParameter", "A parameter or header has a character that none may have."));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unexpected(RuntimeException unexpected) {
    log.error("A request of the API failed", unexpected);
    return answer(
        problem(500, "internal", "Something went wrong here. It was logged; try again or ask."));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (unreadable.getCause() instanceof RefusedBodyException refused) {
      return refused(refused, headers, request);
    }
    return handleExceptionInternal(
        unreadable,
        problem(400, "malformedBody", "The body is not valid JSON."),
        headers,
        HttpStatusCode.valueOf(400),
        request);
  }

  private @Nullable ResponseEntity<Object> refused(
      RefusedBodyException refused, HttpHeaders headers, WebRequest request) {
    HttpHeaders all = new HttpHeaders(headers);
    if (refused.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
      all.set(HttpHeaders.RETRY_AFTER, "1");
    }
    return handleExceptionInternal(
        refused,
        problem(refused.status(), refused.code(), refused.words()),
        all,
        HttpStatusCode.valueOf(refused.status()),
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(
      MaxUploadSizeExceededException large,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return handleExceptionInternal(
        large, problem(413, "tooLarge", limit.words()), headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception cause,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Object problem =
        body == null && cause instanceof ErrorResponse response
            ? response.updateAndGetBody(getMessageSource(), LocaleContextHolder.getLocale())
            : body;
    if (problem instanceof ProblemDetail detail && detail.getProperties() == null) {
      detail.setProperty("code", CODES.get(Math.min(status.value() / 100, CODES.size() - 1)));
    }
    return super.handleExceptionInternal(cause, problem, headers, status, request);
  }

  private static final List<String> CODES =
      List.of("internal", "internal", "internal", "internal", "invalidRequest", "internal");

  private static ProblemDetail problem(int status, String code, String words) {
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), words);
    detail.setProperty("code", code);
    return detail;
  }

  private static ResponseEntity<ProblemDetail> answer(ProblemDetail detail) {
    return ResponseEntity.status(detail.getStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }

  private static ResponseEntity<ProblemDetail> later(ProblemDetail detail, int seconds) {
    return ResponseEntity.status(detail.getStatus())
        .header(HttpHeaders.RETRY_AFTER, Integer.toString(seconds))
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(detail);
  }
}
