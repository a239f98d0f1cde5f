package dev.carillon.server.api.reports;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.port.facts.Entry.RawCallback;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.reporting.ReportCsv;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of a campaign, the people behind them, and the life of each message. */
@RestController
@RequestMapping("/api/v1/campaigns/{id}")
@Tag(name = "Reports")
class ReportController {
  private static final int PAGE = 100;

  private final CampaignService campaigns;
  private final Reports reports;
  private final MessageLifeStore facts;
  private final PeopleReads reads;

  ReportController(
      CampaignService campaigns, Reports reports, MessageLifeStore facts, PeopleReads reads) {
    this.reads = reads;
    this.campaigns = campaigns;
    this.reports = reports;
    this.facts = facts;
  }

  @GetMapping("/report")
  @Operation(
      summary = "Every number of the campaign, complete up to now",
      description =
          "Parameters run, from, to, variant, os, device, platform narrow all numbers alike;"
              + " ad narrows the figures that an ad platform reports; counting is total (default) or unique; without takes middle stages out of the"
              + " funnels.")
  JsonNode report(
      @PathVariable String id,
      @RequestParam @Parameter(hidden = true) Map<String, String> parameters) {
    Campaign campaign = find(id);
    return ReportView.of(reports.report(campaign, ReportFilters.of(parameters)));
  }

  @GetMapping(value = "/report.csv", produces = "text/csv")
  @Operation(summary = "The report as CSV, in the same terms")
  ResponseEntity<byte[]> csv(
      @PathVariable String id,
      @RequestParam @Parameter(hidden = true) Map<String, String> parameters) {
    Campaign campaign = find(id);
    String csv = ReportCsv.of(reports.report(campaign, ReportFilters.of(parameters)));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header(
            "Content-Disposition", "attachment; filename=\"campaign-" + campaign.id() + ".csv\"")
        .body(csv.getBytes(StandardCharsets.UTF_8));
  }

  @GetMapping("/report/people")
  @Operation(
      summary = "The people behind a number, by message",
      description =
          "set is a name as in counts, or suppressed:REASON, error:CODE, dispatch:CODE,"
              + " delivery:CODE, link:N. next, where it is given, is the cursor of the next page.")
  ObjectNode people(
      @PathVariable String id,
      @RequestParam String set,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam @Parameter(hidden = true) Map<String, String> parameters) {
    Campaign campaign = find(id);
    if (limit < 1 || limit > 10 * PAGE) {
      throw ApiException.badParameter("limit", "The limit is 1 to 1,000.");
    }
    ReportSet asked =
        ReportSet.parse(set)
            .orElseThrow(() -> ApiException.badParameter("set", "There is no such set."));
    ReportFilter filter = ReportFilters.of(parameters);
    List<MessagePerson> page = reports.people(campaign, asked, filter, after(cursor), limit + 1);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode people = answer.putArray("people");
    page.stream().limit(limit).forEach(person -> people.add(view(person)));
    reads.noteBehind(campaign.id(), asked, people.size());
    if (page.size() > limit) {
      answer.put("next", Integer.toString(page.get(limit - 1).seq()));
    }
    return answer;
  }

  private static int after(@Nullable String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return -1;
    }
    try {
      return Math.max(-1, Integer.parseInt(cursor));
    } catch (NumberFormatException notACursor) {
      throw ApiException.badParameter("cursor", "The cursor is next of an earlier page.");
    }
  }

  private static ObjectNode view(MessagePerson person) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("seq", person.seq()).put("run", person.run());
    put(view, person.identity());
    if (person.name() != null) {
      view.put("name", person.name());
    }
    if (person.address() != null) {
      view.put("address", person.address());
    }
    return view;
  }

  private static void put(ObjectNode view, @Nullable Identity identity) {
    if (identity == null) {
      view.put("deleted", true);
    } else {
      view.put("identity", identity.value());
      view.put("identityKind", key(identity.kind()));
    }
  }

  @GetMapping("/messages/{seq}")
  @Operation(summary = "The life of one message, with its raw callbacks")
  ObjectNode message(@PathVariable String id, @PathVariable String seq) {
    Campaign campaign = find(id);
    int number;
    try {
      number = Integer.parseInt(seq);
    } catch (NumberFormatException notANumber) {
      throw ApiException.notFound("message");
    }
    if (number < 0) {
      throw ApiException.notFound("message");
    }
    facts.settle();
    MessageLife life =
        facts
            .life(new MessageRef(campaign.id(), number))
            .orElseThrow(() -> ApiException.notFound("message"));
    reads.note(PeopleReads.Kind.MESSAGE, Integer.toString(campaign.id()), "", 1);
    return view(life);
  }

  private static ObjectNode view(MessageLife life) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("campaign", Integer.toString(life.message().campaign()));
    view.put("seq", life.message().seq()).put("run", life.run());
    put(view, life.identity());
    put(view, "address", life.address());
    view.put("control", life.control()).put("variant", life.variant());
    if (life.suppression() != null) {
      view.put("suppressed", life.suppression().key());
    }
    view.put("plannedAt", life.plannedAt().toString());
    Instant sentAt = life.sentAt();
    if (sentAt != null) {
      view.put("sentAt", sentAt.toString());
    }
    ArrayNode facts = view.putArray("facts");
    life.facts().forEach(fact -> facts.add(view(fact)));
    ArrayNode goals = view.putArray("goalEvents");
    for (GoalEvent goal : life.goalEvents()) {
      ObjectNode one = goals.addObject().put("at", goal.at().toString());
      if (goal.isNotANumber()) {
        one.put("revenueNotANumber", true);
      } else {
        one.put("revenue", BigDecimal.valueOf(goal.revenueMicros(), 6).stripTrailingZeros());
      }
    }
    ArrayNode callbacks = view.putArray("callbacks");
    for (RawCallback callback : life.callbacks()) {
      callbacks
          .addObject()
          .put("id", Long.toString(callback.id()))
          .put("receivedAt", callback.receivedAt().toString())
          .put("body", new String(callback.body(), StandardCharsets.UTF_8));
    }
    return view;
  }

  private static ObjectNode view(Fact fact) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("kind", key(fact.kind()));
    put(view, "detail", fact.detail());
    put(view, "event", fact.event());
    view.put("at", fact.at().toString());
    view.put("receivedAt", fact.receivedAt().toString());
    put(view, "text", fact.text());
    if (fact.inbox() != 0) {
      view.put("callback", Long.toString(fact.inbox()));
    }
    return view;
  }

  private static void put(ObjectNode view, String name, @Nullable String value) {
    if (value != null) {
      view.put(name, value);
    }
  }

  /** A constant's name in JSON: lower camel case. */
  private static String key(Enum<?> constant) {
    StringBuilder key = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return key.toString();
  }

  private Campaign find(String id) {
    return campaigns.find(Requests.id(id, "campaign"));
  }
}
