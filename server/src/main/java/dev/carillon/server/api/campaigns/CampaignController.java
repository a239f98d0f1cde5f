package dev.carillon.server.api.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.TestMessage;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.dispatch.Dispatcher;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
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
import org.springdoc.core.annotations.ParameterObject;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Campaigns: create, list, read, change, launch, pause, resume, stop, clone, test, delete. */
@RestController
@RequestMapping("/api/v1/campaigns")
@Tag(name = "Campaigns")
class CampaignController {
  private static final String EXAMPLE =
      """
      {"name":"Diwali sale","channel":"whatsapp","labels":["festive"],"when":{"type":"now"},
       "who":{"rule":{"property":"city","op":"equals","value":"Pune"}},"controlGroup":{"percent":10},
       "what":{"provider":"1","template":{"name":"diwali","language":"en","parameters":["{{ name | default: 'friend' }}"]}},
       "goal":{"event":"Charged","within":"P2D","revenueProperty":"Amount"}}""";

  private final CampaignService campaigns;
  private final TestSend tests;
  private final CampaignStore store;
  private final RunStore runs;
  private final VariantDecisionStore variantDecisions;
  private final Dispatcher dispatcher;
  private final AuditLog audit;
  private final Account account;

  CampaignController(
      CampaignService campaigns,
      TestSend tests,
      CampaignStore store,
      RunStore runs,
      VariantDecisionStore variantDecisions,
      Dispatcher dispatcher,
      AuditLog audit,
      Account account) {
    this.campaigns = campaigns;
    this.tests = tests;
    this.store = store;
    this.runs = runs;
    this.variantDecisions = variantDecisions;
    this.dispatcher = dispatcher;
    this.audit = audit;
    this.account = account;
  }

  @GetMapping
  @Operation(summary = "Lists campaigns")
  ObjectNode list(
      @ParameterObject CampaignFilters filters,
      @RequestParam(defaultValue = "created")
          @Parameter(description = "created (the latest first), started (the latest first) or name")
          String order,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(defaultValue = "0") int offset) {
    if (limit < 1 || limit > 500) {
      throw ApiException.badParameter("limit", "The limit is 1 to 500.");
    }
    if (offset < 0) {
      throw ApiException.badParameter("offset", "The offset is 0 or more.");
    }
    CampaignPage page = store.campaigns(filters.query(account.zone(), order(order), limit, offset));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("campaigns");
    page.campaigns().forEach(campaign -> list.add(CampaignView.of(campaign)));
    answer.put("total", page.total());
    return answer;
  }

  private static CampaignOrder order(String key) {
    return CampaignOrder.ofKey(key)
        .orElseThrow(() -> ApiException.badParameter("order", "It is created, started or name."));
  }

  @PostMapping
  @Operation(
      summary = "Creates a draft",
      description = "Parts may be missing until it is launched.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(type = "object", example = EXAMPLE))))
  ResponseEntity<ObjectNode> create(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal caller) {
    Campaign campaign =
        campaigns.create(Requests.read(body, DefinitionReader::read), Requests.caller(caller));
    audit(caller, "create", campaign);
    return ResponseEntity.created(URI.create("/api/v1/campaigns/" + campaign.id()))
        .eTag("\"" + campaign.version() + "\"")
        .body(CampaignView.of(campaign));
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "One campaign, with its progress while it is being sent",
      description =
          "A campaign that runs through several providers goes on when one of them has trouble."
              + " Those that it does not send through until it is resumed stand in waiting, a list"
              + " of {provider, reason, since}; without any there is no such member.")
  ResponseEntity<ObjectNode> read(@PathVariable String id) {
    Campaign campaign = campaigns.find(Requests.id(id, "campaign"));
    ObjectNode view = CampaignView.of(campaign);
    dispatcher
        .progress(campaign.id())
        .ifPresent(progress -> view.set("progress", ProgressView.of(progress)));
    WaitingView.add(view, campaigns.waiting(campaign));
    return ResponseEntity.ok().eTag("\"" + campaign.version() + "\"").body(view);
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Changes the given members; null removes one",
      description =
          "Until it starts; a campaign that awaits its next run from that run on, except for its goal"
              + " and the names of its variants; otherwise only name and labels. If-Match with the version (the ETag) that the change was made from"
              + " keeps two people from overwriting each other; so does a member version.")
  ResponseEntity<ObjectNode> change(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller) {
    Campaign before = campaigns.find(Requests.id(id, "campaign"));
    ObjectNode changes = Requests.object(body);
    int version = Requests.version(ifMatch, changes, before.version());
    Campaign after =
        campaigns.change(
            before.id(),
            version,
            Requests.value(DefinitionReader.change(before.definition(), changes)),
            Requests.caller(caller));
    audit(caller, "change", after);
    return ResponseEntity.ok().eTag("\"" + after.version() + "\"").body(CampaignView.of(after));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Deletes a draft")
  ResponseEntity<Void> delete(@PathVariable String id, @Nullable Principal caller) {
    Campaign campaign = campaigns.find(Requests.id(id, "campaign"));
    campaigns.delete(campaign.id());
    audit(caller, "delete", campaign);
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/{id}/launch")
  @Operation(
      summary = "Launches: at once, or at its planned time",
      description =
          "If-Match with the version (the ETag) that was read refuses a launch after changes made"
              + " since: 409 staleVersion, and nothing is launched.")
  ObjectNode launch(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @Nullable Principal caller) {
    return done(
        caller, "launch", campaigns.launch(Requests.id(id, "campaign"), Requests.version(ifMatch)));
  }

  @PostMapping("/{id}/unschedule")
  @Operation(summary = "Takes a scheduled campaign back to a draft")
  ObjectNode unschedule(@PathVariable String id, @Nullable Principal caller) {
    return done(caller, "unschedule", campaigns.unschedule(Requests.id(id, "campaign")));
  }

  @PostMapping("/{id}/pause")
  @Operation(summary = "Pauses; messages on their way are finished")
  ObjectNode pause(@PathVariable String id, @Nullable Principal caller) {
    return done(caller, "pause", campaigns.pause(Requests.id(id, "campaign"), null));
  }

  @PostMapping("/{id}/resume")
  @Operation(
      summary = "Goes on after a pause, or with providers that wait",
      description =
          "Sends again through every provider that the campaign lists as waiting; with a body, only"
              + " through the one that it names.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(schema = @Schema(type = "object", example = "{\"provider\":\"5\"}"))))
  ObjectNode resume(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller) {
    Campaign before = campaigns.find(Requests.id(id, "campaign"));
    Integer provider = WaitingView.chosen(body, campaigns.waiting(before));
    Campaign resumed = campaigns.resume(before.id(), provider);
    audit(caller, "resume", resumed, provider == null ? null : "provider " + provider);
    ObjectNode view = CampaignView.of(resumed);
    WaitingView.add(view, campaigns.waiting(resumed));
    return view;
  }

  @PostMapping("/{id}/stop")
  @Operation(summary = "Stops for good; what was pending is suppressed")
  ObjectNode stop(@PathVariable String id, @Nullable Principal caller) {
    return done(caller, "stop", campaigns.stop(Requests.id(id, "campaign")));
  }

  @PostMapping("/{id}/archive")
  @Operation(
      summary = "Hides a draft, or a campaign that has ended, from the list",
      description = "Its numbers stay.")
  ObjectNode archive(@PathVariable String id, @Nullable Principal caller) {
    return done(caller, "archive", campaigns.archive(Requests.id(id, "campaign")));
  }

  @PostMapping("/{id}/unarchive")
  @Operation(summary = "Shows an archived campaign in the list again")
  ObjectNode unarchive(@PathVariable String id, @Nullable Principal caller) {
    return done(caller, "unarchive", campaigns.unarchive(Requests.id(id, "campaign")));
  }

  @PostMapping("/{id}/clone")
  @Operation(summary = "Makes a draft with the same definition")
  ResponseEntity<ObjectNode> copy(@PathVariable String id, @Nullable Principal caller) {
    Campaign copy = campaigns.copy(Requests.id(id, "campaign"), Requests.caller(caller));
    audit(caller, "clone", copy);
    return ResponseEntity.created(URI.create("/api/v1/campaigns/" + copy.id()))
        .body(CampaignView.of(copy));
  }

  @PostMapping("/{id}/test")
  @Operation(
      summary = "Sends the campaign's content to a few people, for real and at once",
      description =
          "Needs the scope people:read too, since the answer shows who is known. In any status,"
              + " once the content is complete. One result a person and variant (named as"
              + " variant), in the order of the identities: sent, failed (with the provider's"
              + " code), uncertain, or suppressed"
              + " (unknownUser, noAddress, invalidAddress, unsubscribed, personalisationFailed)."
              + " A test is in none of the campaign's numbers, and neither are its callbacks.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(type = "object", example = "{\"identities\":[\"ravi-17\"]}"))))
  ObjectNode test(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller)
      throws InterruptedException {
    Campaign campaign = campaigns.find(Requests.id(id, "campaign"));
    List<String> identities = TestSendView.identities(Requests.object(body));
    List<TestMessage> results = tests.send(campaign.id(), identities);
    audit(caller, "test", campaign, TestSendView.people(identities.size()));
    return TestSendView.of(results);
  }

  @GetMapping("/{id}/runs")
  @Operation(
      summary = "The runs of a campaign, first to last",
      description =
          "A run that was never sent has skipped (missed: it could not be started in time; paused: the"
              + " campaign was paused) and, in words, skippedBecause.")
  ArrayNode runs(@PathVariable String id) {
    Campaign campaign = campaigns.find(Requests.id(id, "campaign"));
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    List<VariantDecision> decisions = variantDecisions.variantDecisions(campaign.id());
    for (Run run : runs.runs(campaign.id())) {
      ObjectNode view = CampaignView.of(list.addObject(), run);
      decisions.stream()
          .filter(decision -> decision.run() == run.number())
          .forEach(decision -> CampaignView.decided(view, campaign, decision));
    }
    return list;
  }

  private ObjectNode done(@Nullable Principal caller, String action, Campaign campaign) {
    audit(caller, action, campaign);
    return CampaignView.of(campaign);
  }

  private void audit(@Nullable Principal caller, String action, Campaign campaign) {
    audit(caller, action, campaign, null);
  }

  private void audit(
      @Nullable Principal caller, String action, Campaign campaign, @Nullable String detail) {
    audit.record(
        Caller.actor(caller), "campaign." + action, Integer.toString(campaign.id()), detail);
  }
}
