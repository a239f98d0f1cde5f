package dev.carillon.server.api.people;

import dev.carillon.engine.port.facts.DeadLetter;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.facts.RetryResult;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.security.LocalAccess;
import dev.carillon.server.api.request.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Data that was accepted and could not be applied. */
@RestController
@Tag(name = "Dead letters")
class DeadLetterController {
  private static final int MOST = 1_000;

  private final DeadLetterStore letters;
  private final AuditLog audit;

  DeadLetterController(DeadLetterStore facts, AuditLog audit) {
    this.letters = facts;
    this.audit = audit;
  }

  /**
   * @param receivedAt null where the entry does not say
   */
  record Letter(String id, String kind, @Nullable String receivedAt, String reason) {
    static Letter of(DeadLetter letter) {
      return new Letter(
          Long.toString(letter.id()),
          letter.kind(),
          letter.receivedAt() == null ? null : letter.receivedAt().toString(),
          letter.reason());
    }
  }

  /**
   * @param total how many there are in all
   * @param next the cursor of the next page; null on the last one
   */
  record Page(long total, List<Letter> deadLetters, @Nullable String next) {}

  /**
   * @param applied how many are applied now
   * @param cameBack how many could not be applied again and stay
   */
  record Retried(long applied, long cameBack) {}

  @GetMapping(LocalAccess.DEAD_LETTERS)
  @Operation(
      summary = "Data that was accepted and could not be applied, with the reasons",
      description =
          "Needs the scope admin. Kinds are profile, event, link, fact, callback, status, message,"
              + " consent, alias, addressChange and erasure. Neither entries nor reasons show"
              + " anybody's data. For the next page, pass next as the cursor.")
  Page list(
      @RequestParam(defaultValue = "0") String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw ApiException.badParameter("limit", "The parameter limit is 1 to " + MOST + ".");
    }
    List<DeadLetter> found = letters.deadLetters(after(cursor), limit + 1);
    List<Letter> page = found.stream().limit(limit).map(Letter::of).toList();
    return new Page(letters.deadLetters(), page, found.size() > limit ? page.getLast().id() : null);
  }

  @PostMapping(LocalAccess.DEAD_LETTERS_RETRY)
  @Operation(
      summary = "Applies all dead letters again",
      description =
          "Needs the scope admin. Each is applied at most once, whatever happens meanwhile; those"
              + " that cannot be applied again stay, with their reason. Answers when all have been"
              + " tried.")
  Retried retry(@Nullable Principal caller) {
    RetryResult result = letters.retryDeadLetters();
    audit.record(
        Caller.actor(caller),
        "deadLetters.retry",
        "",
        result.applied() + " applied, " + result.cameBack() + " came back");
    return new Retried(result.applied(), result.cameBack());
  }

  private static long after(String cursor) {
    try {
      return Math.max(0, Long.parseLong(cursor));
    } catch (NumberFormatException notACursor) {
      throw ApiException.badParameter("cursor", "The parameter cursor is next of an earlier page.");
    }
  }
}
