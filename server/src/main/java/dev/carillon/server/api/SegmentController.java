package dev.carillon.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.RuleReader;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import dev.carillon.engine.port.AudienceStore.Reach;
import dev.carillon.engine.port.FactStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whom a rule means. */
@RestController
@RequestMapping("/api/v1/segments")
@Tag(name = "Segments")
class SegmentController {
  private final FactStore facts;
  private final InstantSource clock;
  private final Account account;

  SegmentController(FactStore facts, InstantSource clock, Account account) {
    this.facts = facts;
    this.clock = clock;
    this.account = account;
  }

  @PostMapping("/estimate")
  @Operation(
      summary = "Counts the users that a rule matches, and those reachable by channel",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"rule\":{\"property\":\"city\",\"op\":\"equals\",\"value\":\"Pune\"}}"))))
  Estimate estimate(@RequestBody(required = false) byte @Nullable [] body) {
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
    Rule who = Requests.value("/rule", RuleReader.read(rule));
    facts.settle();
    Reach reach = facts.estimate(who, new Evaluation(clock.instant(), account.zone()));
    Map<String, Long> reachable = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      reachable.put(channel.key(), reach.reachable().getOrDefault(channel, 0L));
    }
    Long control =
        heldOut == null
            ? null
            : Math.round(
                reach.total() * heldOut.share(account.settings().systemControlGroup().percent()));
    return new Estimate(reach.total(), reachable, control, true);
  }

  /**
   * @param total users that the rule matches
   * @param reachable those with a usable address, not unsubscribed, by channel
   * @param control how many a control group like this is expected to hold out of the total; absent
   *     when no controlGroup was given
   * @param exact whether total and reachable are counted, not sampled
   */
  record Estimate(
      long total,
      Map<String, Long> reachable,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long control,
      boolean exact) {}
}
