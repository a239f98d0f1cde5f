package dev.carillon.server.api.audience;

import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.definition.rules.SegmentDefinitionReader;
import dev.carillon.engine.definition.rules.SegmentDefinitionReader.Named;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The people a rule matches, and rules saved under a name. */
@RestController
@RequestMapping("/api/v1/segments")
@Tag(name = "Segments")
class SegmentController {
  private final Segments segments;
  private final Audiences audiences;
  private final AuditLog audit;
  private final PeopleReads reads;

  SegmentController(Segments segments, Audiences audiences, AuditLog audit, PeopleReads reads) {
    this.reads = reads;
    this.segments = segments;
    this.audiences = audiences;
    this.audit = audit;
  }

  /** All segments. */
  record All(List<SegmentView> segments) {}

  @GetMapping
  @Operation(summary = "Lists the saved segments, by name")
  All list() {
    return new All(segments.all().stream().map(this::view).toList());
  }

  @PostMapping
  @Operation(
      summary = "Saves a rule under a name",
      description =
          "The name must not be taken, without regard to case. The rule may refer to other segments"
              + " with {\"segment\":ID}.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"name\":\"Buyers in"
                                      + " Pune\",\"rule\":{\"all\":[{\"property\":\"city\",\"op\":\"equals\",\"value\":\"Pune\"},{\"did\":\"Charged\",\"within\":\"P30D\"}]}}"))))
  ResponseEntity<SegmentView> create(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal caller) {
    Named named = Requests.read(body, SegmentDefinitionReader::read);
    Segment segment = segments.create(named.name(), named.rule(), Requests.caller(caller));
    audit(caller, "create", segment.id());
    return ResponseEntity.created(URI.create("/api/v1/segments/" + segment.id()))
        .eTag(tag(segment))
        .body(view(segment));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One segment")
  ResponseEntity<SegmentView> read(@PathVariable String id) {
    Segment segment = find(id);
    return ResponseEntity.ok().eTag(tag(segment)).body(view(segment));
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Changes name or rule",
      description =
          "If-Match with the version (the ETag) that the change was made from keeps two people from"
              + " overwriting each other; so does a member version. Campaigns select by the rule as"
              + " it is when a run is planned; runs that are planned stay as they are. A change"
              + " that reaches scheduled or recurring campaigns is answered with 409 segmentInUse"
              + " and their names, unless confirm is true.")
  ResponseEntity<SegmentView> change(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestParam(defaultValue = "false")
          @Parameter(description = "whether it is meant to reach campaigns that are launched")
          boolean confirm,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller) {
    Segment before = find(id);
    ObjectNode changes = Requests.object(body);
    int version = Requests.version(ifMatch, changes, before.version());
    JsonNode confirmed = changes.remove("confirm");
    Named named =
        Requests.value(
            SegmentDefinitionReader.change(new Named(before.name(), before.rule()), changes));
    Segment after =
        segments.change(
            before.id(),
            version,
            named.name(),
            named.rule(),
            confirm || (confirmed != null && confirmed.isBoolean() && confirmed.booleanValue()));
    audit(caller, "change", after.id());
    return ResponseEntity.ok().eTag(tag(after)).body(view(after));
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Deletes a segment",
      description =
          "One that segments or campaigns which have not ended use is kept: 409 segmentInUse with"
              + " their names.")
  ResponseEntity<Void> delete(@PathVariable String id, @Nullable Principal caller) {
    int segment = find(id).id();
    segments.delete(segment);
    audit(caller, "delete", segment);
    return ResponseEntity.noContent().build();
  }

  @GetMapping("/{id}/usage")
  @Operation(summary = "The campaigns and segments that use it, also by way of segments")
  UsageView usage(@PathVariable String id) {
    return UsageView.of(segments.usage(find(id).id()));
  }

  @PostMapping("/{id}/estimate")
  @Operation(summary = "Counts the users of the segment, and those reachable by channel")
  Audiences.Estimate estimateSaved(@PathVariable String id) {
    Segment segment = find(id);
    Audiences.Estimate estimate = audiences.estimate(segment.rule());
    segments.counted(segment, estimate.total());
    return estimate;
  }

  @GetMapping("/{id}/people")
  @Operation(
      summary = "The people of the segment as it is now, page by page",
      description = "In an order without meaning. next is the cursor of the next page.")
  Audiences.PeoplePage people(
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Segment segment = find(id);
    Audiences.PeoplePage page = audiences.people(segment.rule(), limit, cursor);
    reads.note(PeopleReads.Kind.SEGMENT, Integer.toString(segment.id()), "", page.people().size());
    return page;
  }

  @PostMapping("/estimate")
  @Operation(
      summary = "Counts the users that a rule matches, and those reachable by channel",
      description =
          "A rule that compares a property that names people, such as Phone, Email or Name, needs"
              + " the scope people:read too.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"rule\":{\"property\":\"city\",\"op\":\"equals\",\"value\":\"Pune\"}}"))))
  Audiences.Estimate estimate(
      @RequestParam(defaultValue = "false")
          @Parameter(
              description =
                  "whether a sample will do where there are a million people or more; exact says"
                      + " whether one was taken")
          boolean quick,
      @RequestBody(required = false) byte @Nullable [] body) {
    ObjectNode json = Requests.object(body);
    JsonNode rule = json.get("rule");
    JsonNode group = json.get("controlGroup");
    if (rule == null || json.size() > (group == null ? 1 : 2)) {
      throw new ApiException(
          400, "invalidBody", "The body has the members rule and, if wanted, controlGroup.");
    }
    ControlGroup heldOut =
        group == null
            ? null
            : Requests.value("/controlGroup", DefinitionReader.controlGroup(group));
    return audiences.estimate(Requests.value("/rule", RuleReader.read(rule)), heldOut, quick);
  }

  private Segment find(String id) {
    return segments.find(Requests.id(id, "segment"));
  }

  /** A count by a property that names people is for callers that may see people. */
  private SegmentView view(Segment segment) {
    return SegmentView.of(segment, audiences.mayCount(segment.rule()));
  }

  private static String tag(Segment segment) {
    return "\"" + segment.version() + "\"";
  }

  private void audit(@Nullable Principal caller, String action, int segment) {
    audit.record(Caller.actor(caller), "segment." + action, Integer.toString(segment), null);
  }
}
