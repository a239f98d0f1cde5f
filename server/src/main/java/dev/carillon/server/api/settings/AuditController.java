package dev.carillon.server.api.settings;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.access.AuditPage;
import dev.carillon.engine.port.access.AuditPlace;
import dev.carillon.engine.port.access.AuditQuery;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.engine.reporting.AuditCsv;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Who did and read what, when. */
@RestController
@Tag(name = "Settings")
class AuditController {
  private static final String CSV = "text/csv";
  private static final String MOMENT =
      "A moment such as 2026-11-30T12:00:00Z, or a day of the account's zone such as 2026-11-30";
  private static final String ACTION =
      "An action such as campaign.launch, or the beginning of several up to a dot: campaign, people";

  private final AuditStore store;
  private final PeopleReads reads;
  private final AuditLog audit;
  private final Account account;

  AuditController(AuditStore store, PeopleReads reads, AuditLog audit, Account account) {
    this.store = store;
    this.reads = reads;
    this.audit = audit;
    this.account = account;
  }

  @GetMapping("/api/v1/audit")
  @Operation(
      summary = "The audit log, latest first",
      description =
          "Needs the scope admin. kind is login, key, command, system, anonymous or unrecorded;"
              + " keyId is given for keys. For the next page, pass next as the"
              + " cursor.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"entries\":[{\"at\":\"2026-11-30T12:00:00Z\",\"kind\":\"login\",\"who\":\"meera\",\"action\":\"campaign.launch\",\"subject\":\"7\"}],\"next\":\"...\"}"))))
  ObjectNode list(
      @RequestParam(required = false) @Parameter(description = MOMENT) @Nullable String from,
      @RequestParam(required = false)
          @Parameter(description = MOMENT + "; a moment is excluded, a day included")
          @Nullable String to,
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Parameter(description = ACTION) @Nullable String action,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > AuditQuery.MOST) {
      throw ApiException.badParameter("limit", "The limit is 1 to 1,000.");
    }
    reads.settle();
    AuditPage page = store.auditPage(query(from, to, who, action, limit).from(place(cursor)));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode entries = answer.putArray("entries");
    page.entries().forEach(entry -> write(entry, entries.addObject()));
    if (page.next() != null) {
      answer.put("next", page.next().word());
    }
    return answer;
  }

  @GetMapping(value = "/api/v1/audit.csv", produces = CSV)
  @Operation(
      summary = "The audit log as CSV, latest first",
      description = "Needs the scope admin. Columns: at, kind, who, key, action, subject, detail.")
  void csv(
      @RequestParam(required = false) @Parameter(description = MOMENT) @Nullable String from,
      @RequestParam(required = false) @Parameter(description = MOMENT) @Nullable String to,
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Parameter(description = ACTION) @Nullable String action,
      @Nullable Principal caller,
      HttpServletResponse response)
      throws IOException {
    AuditQuery query = query(from, to, who, action, AuditQuery.MOST);
    reads.settle();
    audit.record(Caller.actor(caller), "audit.export", "", null);
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
    new AuditCsv(store).write(query, response.getWriter());
  }

  private AuditQuery query(
      @Nullable String from,
      @Nullable String to,
      @Nullable String who,
      @Nullable String action,
      int limit) {
    return new AuditQuery(
        moment("from", from, 0), moment("to", to, 1), given(who), given(action), null, limit);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /**
   * @param days added to a day, so that one that is the last is included
   */
  private @Nullable Instant moment(String name, @Nullable String text, int days) {
    String given = given(text);
    if (given == null) {
      return null;
    }
    try {
      Instant at =
          given.contains("T")
              ? Instant.parse(given)
              : LocalDate.parse(given).plusDays(days).atStartOfDay(account.zone()).toInstant();
      if (AuditQuery.possible(at)) {
        return at;
      }
    } catch (DateTimeException notAMoment) {
      throw notAMoment(name);
    }
    throw notAMoment(name);
  }

  private static ApiException notAMoment(String name) {
    return ApiException.badParameter(name, MOMENT + ".");
  }

  private static @Nullable AuditPlace place(@Nullable String cursor) {
    return cursor == null
        ? null
        : AuditPlace.ofWord(cursor)
            .orElseThrow(
                () ->
                    ApiException.badParameter("cursor", "The cursor is next of an earlier page."));
  }

  private static void write(AuditEntry entry, ObjectNode json) {
    Actor who = entry.who();
    json.put("at", entry.at().toString()).put("kind", who.kind().key()).put("who", who.name());
    if (who.keyId() != null) {
      json.put("keyId", Integer.toString(who.keyId()));
    }
    json.put("action", entry.action());
    if (!entry.subject().isEmpty()) {
      json.put("subject", entry.subject());
    }
    if (entry.detail() != null) {
      json.put("detail", entry.detail());
    }
  }
}
