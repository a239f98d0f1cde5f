package dev.carillon.server.api.audience;

import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Names and values that occur, as suggestions for rules. */
@RestController
@RequestMapping("/api/v1/suggestions")
@Tag(name = "Segments")
class SuggestionController {
  private static final int MOST = 100;
  private static final int LONGEST = 1024;

  private final SuggestionStore facts;
  private final PeopleReads reads;

  SuggestionController(SuggestionStore facts, PeopleReads reads) {
    this.reads = reads;
    this.facts = facts;
  }

  /** Suggestions, most frequent first. */
  record Suggestions(List<Suggestion> suggestions) {}

  @GetMapping("/properties")
  @Operation(
      summary = "Properties of users, with the type seen most and a rough count",
      description =
          "From a sample when there are many users, as all suggestions; rare names may be missing.")
  Suggestions properties(
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "20") int limit) {
    check(prefix, limit);
    return new Suggestions(facts.suggestProperties(prefix, limit));
  }

  @GetMapping("/events")
  @Operation(summary = "Names of events, with a rough count")
  Suggestions events(
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "20") int limit) {
    check(prefix, limit);
    return new Suggestions(facts.suggestEvents(prefix, limit));
  }

  @GetMapping("/event-properties")
  @Operation(summary = "Properties of an event, as its latest ones have them")
  Suggestions eventProperties(
      @RequestParam String event,
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "20") int limit) {
    check(prefix, limit);
    return new Suggestions(facts.suggestEventProperties(event, prefix, limit));
  }

  @GetMapping("/values")
  @Operation(
      summary = "Values of a property of users, or of an event",
      description = "Needs people:read, since values may identify people.")
  Suggestions values(
      @RequestParam String property,
      @RequestParam(required = false) @Nullable String event,
      @RequestParam(defaultValue = "") String prefix,
      @RequestParam(defaultValue = "20") int limit) {
    check(prefix, limit);
    List<Suggestion> values =
        facts.suggestValues(
            event == null || event.isEmpty() ? null : event, property, prefix, limit);
    reads.note(PeopleReads.Kind.VALUES, values.size());
    return new Suggestions(values);
  }

  private static void check(String prefix, int limit) {
    if (limit < 1 || limit > MOST) {
      throw ApiException.badParameter("limit", "The limit is 1 to " + MOST + ".");
    }
    if (prefix.length() > LONGEST) {
      throw ApiException.badParameter("prefix", "The prefix has at most 1,024 characters.");
    }
  }
}
