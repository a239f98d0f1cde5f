package dev.carillon.server.api.people;

import dev.carillon.engine.account.Account;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.people.SearchReader;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.PeoplePlace;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.port.people.Timeline;
import dev.carillon.engine.port.people.TimelinePlace;
import dev.carillon.engine.port.people.TimelineQuery;
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
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The users that are known. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "People")
class PeopleApiController {
  private static final int MOST = 200;
  private static final String KINDS =
      "Only these kinds: event, planned, suppressed, heldOut, sent, dispatchError, delivered,"
          + " deliveryError, viewed, clicked, replied, converted, incoming";
  private static final String ANY = "In percent form, whatever characters it has";
  private static final String AS_A_PART =
      "For identities without slash, backslash, semicolon, percent and control characters, other"
          + " than dots alone and the word timeline.";

  private final PeopleStore facts;
  private final InstantSource clock;
  private final Account account;
  private final Intake intake;
  private final AuditLog audit;
  private final PeopleReads reads;
  private final SearchReader searches = new SearchReader();

  PeopleApiController(
      PeopleStore facts,
      InstantSource clock,
      Account account,
      Intake intake,
      AuditLog audit,
      PeopleReads reads) {
    this.reads = reads;
    this.intake = intake;
    this.audit = audit;
    this.facts = facts;
    this.clock = clock;
    this.account = account;
  }

  @GetMapping
  @Operation(
      summary = "One user by identity, or users by a search",
      description =
          "With identity, whatever characters it has: the user with consent, merged identities and"
              + " the latest of the timeline, or 404; devices are empty until there is push;"
              + " propertiesRefused counts changes that were not made because the profile is full."
              + " With query: users by the beginning of an identity, e-mail address or name, by a"
              + " phone number in any spelling, or by a property compared with a value: City ="
              + " Pune, Age >= 30 (= != > >= < <=, which mean what they mean in rules); pages are"
              + " requested with next as the cursor. One of the two must be given.",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"people\":[{\"identity\":\"ravi\"}],\"next\":\"...\"}"))))
  ObjectNode find(
      @RequestParam(required = false) @Nullable String identity,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(hidden = true) HttpServletRequest request) {
    if (identity != null) {
      return view(find(named(request)));
    }
    only(request, "query", "cursor", "limit");
    return search(query == null ? "" : query, cursor, limit);
  }

  private ObjectNode search(String text, @Nullable String cursor, int limit) {
    if (text.isBlank() || text.length() > SearchReader.LONGEST) {
      throw ApiException.badParameter(
          "query",
          "Give identity for one person, or query with what to search for, in 1 to "
              + SearchReader.LONGEST
              + " characters.");
    }
    checkLimit(limit);
    PeoplePlace after =
        cursor == null
            ? null
            : PeoplePlace.ofWord(cursor).orElseThrow(PeopleApiController::badCursor);
    facts.settle();
    Evaluation evaluation = new Evaluation(clock.instant(), account.zone());
    List<Person> found = facts.searchPeople(searches.read(text, evaluation, after, limit + 1));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode people = answer.putArray("people");
    found.stream().limit(limit).forEach(person -> people.add(PersonView.of(person)));
    reads.note(PeopleReads.Kind.SEARCH, people.size());
    if (found.size() > limit) {
      answer.put("next", found.get(limit - 1).place().word());
    }
    return answer;
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Deletes a user everywhere",
      description =
          "Erases profile, events, consent, merged identities, what the person wrote, raw callbacks"
              + " that name the person, and the address at messages. Numbers of campaigns stay as"
              + " they are. What comes later and is from before the deletion is dropped.")
  void delete(
      @RequestParam @Parameter(description = ANY) String identity,
      @Parameter(hidden = true) HttpServletRequest request) {
    delete(find(named(request)));
  }

  @GetMapping("/timeline")
  @Operation(
      summary = "What a user did, was sent and answered, latest first",
      description = "For the next page, pass next as the cursor.")
  ObjectNode timeline(
      @RequestParam @Parameter(description = ANY) String identity,
      @RequestParam(required = false) @Parameter(description = KINDS) @Nullable List<String> kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit,
      @Parameter(hidden = true) HttpServletRequest request) {
    return timeline(named(request, "kind", "cursor", "limit"), kind, cursor, limit);
  }

  @GetMapping("/{identity}")
  @Operation(summary = "The same as ?identity=", description = AS_A_PART)
  ObjectNode read(@PathVariable String identity) {
    return view(find(identity));
  }

  @DeleteMapping("/{identity}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Deletes a user everywhere, as ?identity= does", description = AS_A_PART)
  void delete(@PathVariable String identity) {
    delete(find(identity));
  }

  @GetMapping("/{identity}/timeline")
  @Operation(summary = "The same as timeline?identity=", description = AS_A_PART)
  ObjectNode timeline(
      @PathVariable String identity,
      @RequestParam(required = false) @Parameter(description = KINDS) @Nullable List<String> kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    Set<Timeline.Kind> kinds = EnumSet.allOf(Timeline.Kind.class);
    if (kind != null && !kind.isEmpty()) {
      kinds.clear();
      kind.forEach(
          key ->
              kinds.add(
                  Timeline.Kind.ofKey(key)
                      .orElseThrow(
                          () -> ApiException.badParameter("kind", "There is no such kind."))));
    }
    checkLimit(limit);
    TimelinePlace before =
        cursor == null
            ? null
            : TimelinePlace.ofWord(cursor).orElseThrow(PeopleApiController::badCursor);
    Person person = find(identity);
    reads.note(PeopleReads.Kind.PERSON, 1);
    Timeline timeline = facts.timeline(person.userKey(), new TimelineQuery(kinds, before, limit));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("entries", TimelineView.of(timeline));
    if (timeline.next() != null) {
      answer.put("next", timeline.next().word());
    }
    return answer;
  }

  private ObjectNode view(Person person) {
    reads.note(PeopleReads.Kind.PERSON, 1);
    ObjectNode view = PersonView.of(person);
    view.set("consent", PersonView.consents(facts.consents(person.userKey())));
    view.set("merged", PersonView.merged(facts.mergedIdentities(person.userKey())));
    view.putArray("devices");
    Timeline timeline =
        facts.timeline(
            person.userKey(), TimelineQuery.before(clock.instant().plusSeconds(1), MOST));
    view.set("timeline", TimelineView.of(timeline));
    return view;
  }

  private void delete(Person person) {
    intake.accept(List.of(new Entry.Erasure(person.identity(), clock.instant())));
    facts.settle();
    Caller.current().ifPresent(caller -> audit.record(caller.actor(), "person.delete", "", null));
  }

  /** The identity that the request gives once, beside no more than these parameters. */
  private static String named(HttpServletRequest request, String... others) {
    String[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = "identity";
    only(request, all);
    String[] values = request.getParameterValues("identity");
    if (values.length != 1 || values[0].isEmpty()) {
      throw ApiException.badParameter("identity", "Give one identity that is not empty.");
    }
    return values[0];
  }

  /** Refuses what would be ignored: who deletes with a wrong parameter means something else. */
  private static void only(HttpServletRequest request, String... known) {
    for (String name : request.getParameterMap().keySet()) {
      if (!List.of(known).contains(name)) {
        throw ApiException.badParameter(
            name,
            List.of("identity", "query").contains(name)
                ? "Give identity for one person or query for a search, not both."
                : "There is no such parameter here; these are: "
                    + String.join(", ", new TreeSet<>(List.of(known))));
      }
    }
  }

  private Person find(String identity) {
    facts.settle();
    return facts.person(identity).orElseThrow(() -> ApiException.notFound("person"));
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw ApiException.badParameter("limit", "The limit is 1 to " + MOST + ".");
    }
  }

  private static ApiException badCursor() {
    return ApiException.badParameter("cursor", "The cursor is next of an earlier page.");
  }
}
