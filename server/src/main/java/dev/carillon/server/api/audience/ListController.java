package dev.carillon.server.api.audience;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.CustomLists;
import dev.carillon.engine.audience.CustomLists.Format;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.LimitedStream;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Custom lists: people named one by one in a CSV file. */
@RestController
@RequestMapping("/api/v1/lists")
@Tag(name = "Lists")
class ListController {
  private static final String ABOUT =
      "CSV in UTF-8 as the body, or as the part file of a form. column is a name from the header or"
          + " a number from 1 (default: the first); match says what it holds: identity (default),"
          + " phone or email; header says whether the first line names the columns (default: true)."
          + " The answer's report says what became of the rows. Once answered, the list survives a"
          + " crash. Needs the scopes campaigns:write and people:read, since the report shows who is"
          + " known.";

  private final CustomLists lists;
  private final Audiences audiences;
  private final AuditLog audit;
  private final PeopleReads reads;

  ListController(CustomLists lists, Audiences audiences, AuditLog audit, PeopleReads reads) {
    this.reads = reads;
    this.lists = lists;
    this.audiences = audiences;
    this.audit = audit;
  }

  /**
   * A list as the API gives it.
   *
   * @param match what its file named people by
   * @param people how many users are on it now
   * @param report without its lines for callers that may not see people
   */
  record ListView(
      String id,
      int version,
      String name,
      String match,
      long people,
      CustomList.Report report,
      String createdBy,
      Instant createdAt,
      Instant changedAt) {
    static ListView of(CustomList list, CustomList.Report report) {
      return new ListView(
          Integer.toString(list.id()),
          list.version(),
          list.name(),
          list.matchBy().key(),
          list.people(),
          report,
          list.createdBy(),
          list.createdAt(),
          list.changedAt());
    }
  }

  /** All lists. */
  record All(List<ListView> lists) {}

  @GetMapping
  @Operation(summary = "Lists the custom lists, by name")
  All list() {
    return new All(lists.all().stream().map(this::view).toList());
  }

  @PostMapping(consumes = {"text/csv", MediaType.TEXT_PLAIN_VALUE})
  @Operation(summary = "Brings in a list", description = ABOUT)
  ResponseEntity<ListView> create(
      @RequestParam String name,
      @RequestParam(required = false) @Nullable String column,
      @RequestParam(defaultValue = "identity") String match,
      @RequestParam(defaultValue = "true") boolean header,
      HttpServletRequest request,
      @Nullable Principal caller)
      throws IOException {
    try (InputStream csv = limited(request.getInputStream())) {
      return created(
          lists.create(name, format(match, column, header), csv, Requests.caller(caller)), caller);
    }
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Operation(summary = "Brings in a list from a form", description = ABOUT)
  ResponseEntity<ListView> createFromForm(
      @RequestParam String name,
      @RequestParam(required = false) @Nullable String column,
      @RequestParam(defaultValue = "identity") String match,
      @RequestParam(defaultValue = "true") boolean header,
      @RequestParam MultipartFile file,
      @Nullable Principal caller)
      throws IOException {
    try (InputStream csv = limited(file.getInputStream())) {
      return created(
          lists.create(name, format(match, column, header), csv, Requests.caller(caller)), caller);
    }
  }

  @PutMapping(
      path = "/{id}/contents",
      consumes = {"text/csv", MediaType.TEXT_PLAIN_VALUE})
  @Operation(
      summary = "Replaces the people on the list",
      description =
          ABOUT
              + " When scheduled or recurring campaigns select by the list, 409 listInUse names"
              + " them unless confirm is true.")
  ListView replace(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String column,
      @RequestParam(defaultValue = "identity") String match,
      @RequestParam(defaultValue = "true") boolean header,
      @RequestParam(defaultValue = "false")
          @Parameter(description = "whether it is meant to reach campaigns that are launched")
          boolean confirm,
      HttpServletRequest request,
      @Nullable Principal caller)
      throws IOException {
    int list = find(id).id();
    try (InputStream csv = limited(request.getInputStream())) {
      CustomList after =
          lists.replace(list, format(match, column, header), csv, Requests.caller(caller), confirm);
      audit(caller, "replace", list);
      return view(after);
    }
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "One list, with the report of its file",
      description = "Without the scope people:read, unknownFirst and malformedFirst are empty.")
  ResponseEntity<ListView> read(@PathVariable String id) {
    CustomList list = find(id);
    return ResponseEntity.ok().eTag("\"" + list.version() + "\"").body(view(list));
  }

  @GetMapping("/{id}/usage")
  @Operation(summary = "The campaigns and segments that use it, also by way of segments")
  UsageView usage(@PathVariable String id) {
    return UsageView.of(lists.usage(find(id).id()));
  }

  @GetMapping("/{id}/people")
  @Operation(summary = "The people on the list, page by page")
  Audiences.PeoplePage people(
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    CustomList list = find(id);
    Audiences.PeoplePage page = audiences.people(new Rule.OnList(list.id()), limit, cursor);
    reads.note(PeopleReads.Kind.LIST, Integer.toString(list.id()), "", page.people().size());
    return page;
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Deletes a list",
      description =
          "One that segments or campaigns which have not ended use is kept: 409 listInUse with their"
              + " names.")
  ResponseEntity<Void> delete(@PathVariable String id, @Nullable Principal caller) {
    int list = find(id).id();
    lists.delete(list);
    audit(caller, "delete", list);
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<ListView> created(CustomList list, @Nullable Principal caller) {
    audit(caller, "create", list.id());
    return ResponseEntity.created(URI.create("/api/v1/lists/" + list.id()))
        .eTag("\"" + list.version() + "\"")
        .body(view(list));
  }

  private ListView view(CustomList list) {
    CustomList.Report report = list.report();
    int lines = report.unknownFirst().size() + report.malformedFirst().size();
    if (Caller.current().filter(caller -> caller.may(Scope.PEOPLE_READ)).isEmpty()) {
      return ListView.of(list, report.withoutLines());
    }
    if (lines > 0) {
      reads.note(PeopleReads.Kind.LIST_ROWS, Integer.toString(list.id()), "", lines);
    }
    return ListView.of(list, report);
  }

  private CustomList find(String id) {
    return lists.find(Requests.id(id, "list"));
  }

  private static Format format(String match, @Nullable String column, boolean header) {
    MatchBy matchBy =
        MatchBy.ofKey(match)
            .orElseThrow(
                () ->
                    new AudienceException.Unreadable(
                        "match", "Match by identity, phone or email."));
    return new Format(matchBy, column == null || column.isBlank() ? null : column.strip(), header);
  }

  private static InputStream limited(InputStream file) {
    return new LimitedStream(file, CustomLists.MOST_BYTES);
  }

  private void audit(@Nullable Principal caller, String action, int list) {
    audit.record(Caller.actor(caller), "list." + action, Integer.toString(list), null);
  }
}
