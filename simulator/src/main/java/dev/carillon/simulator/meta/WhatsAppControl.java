package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.meta.webhook.WebhookDelivery;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import dev.carillon.simulator.wire.WireEndpoint;
import dev.carillon.simulator.wire.WireRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of the control endpoint that is WhatsApp's own, under {@code /_ctl/whatsapp/}. Settings
 * are answered whole by GET, and changed in part by POST: members that are left out stay.
 */
public final class WhatsAppControl implements WireEndpoint {

  private final WhatsAppCloud cloud;
  private final long seed;

  public WhatsAppControl(WhatsAppCloud cloud, long seed) {
    this.cloud = cloud;
    this.seed = seed;
  }

  @Override
  public boolean claims(WireRequest request) {
    List<String> path = request.segments();
    return path.size() >= 3 && path.get(0).equals("_ctl") && path.get(1).equals("whatsapp");
  }

  @Override
  public WireAnswer answer(WireRequest request) {
    ObjectNode body = Json.readObject(request.body()).orElseGet(Json::object);
    String account = body.path("businessAccountId").asString(cloud.account().businessAccountId());
    return switch (request.method() + " " + request.segments().get(2)) {
      case "GET account" -> ok(Json.tree(cloud.account()));
      case "POST accounts" -> {
        cloud.addAccount(Json.convert(body, WhatsAppAccount.class));
        yield done();
      }
      case "POST templates" -> {
        cloud.addTemplate(account, body);
        yield done();
      }
      case "POST template-status" -> {
        String name = body.path("name").asString("");
        String status = body.path("status").asString("");
        yield ok(Json.object().put("changed", cloud.changeTemplateStatus(account, name, status)));
      }
      case "POST outcomes" -> {
        cloud.script(OutcomeRule.read(body));
        yield done();
      }
      case "DELETE outcomes" -> {
        cloud.clearScript();
        yield done();
      }
      case "POST webhooks" -> subscribe(account, body);
      case "GET webhooks" -> ok(cloud.webhookCounts());
      case "POST incoming" -> ok(Json.object().put("id", write(body)));
      case "GET limits" -> ok(Json.tree(cloud.limits()));
      case "POST limits" -> {
        cloud.limit(changed(cloud.limits(), body, WhatsAppLimits.class));
        yield ok(Json.tree(cloud.limits()));
      }
      case "GET chaos" -> ok(Json.tree(cloud.chaos()));
      case "POST chaos" -> {
        cloud.misbehave(changed(cloud.chaos(), body, WebhookChaos.class));
        yield ok(Json.tree(cloud.chaos()));
      }
      case "GET delivery" -> ok(Json.tree(cloud.delivery()));
      case "POST delivery" -> {
        cloud.deliver(changed(cloud.delivery(), body, WebhookDelivery.class));
        yield ok(Json.tree(cloud.delivery()));
      }
      case "GET people" -> ok(Json.tree(cloud.people().settings()));
      case "POST people" -> {
        PeopleSettings settings = changed(cloud.people().settings(), body, PeopleSettings.class);
        cloud.populate(new People(seed, settings));
        yield ok(Json.tree(settings));
      }
      default ->
          WireAnswer.json(404, Json.object().put("problem", "no such control: " + request.path()));
    };
  }

  private WireAnswer subscribe(String account, ObjectNode body) {
    Optional<String> problem =
        cloud.subscribe(
            account,
            URI.create(body.path("callbackUrl").asString("")),
            body.path("verifyToken").asString(""),
            body.path("appSecret").asString(cloud.account().appSecret()));
    ObjectNode answer = Json.object().put("verified", problem.isEmpty());
    problem.ifPresent(text -> answer.put("problem", text));
    return WireAnswer.json(problem.isEmpty() ? 200 : 400, answer);
  }

  private String write(ObjectNode body) {
    String from = body.path("from").asString("");
    String waId =
        RecipientAddresses.parse(from)
            .map(RecipientAddresses::waId)
            .orElseThrow(() -> new IllegalArgumentException("from is not a phone number"));
    JsonNode context = body.path("context");
    return cloud.write(
        waId,
        body.path("text").asString(""),
        context.isString() ? Optional.of(context.asString("")) : Optional.empty());
  }

  /** {@code current} with the members of {@code body} in place of those it had. */
  private static <T> T changed(T current, ObjectNode body, Class<T> type) {
    ObjectNode merged = (ObjectNode) Json.tree(current);
    body.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
    return Json.convert(merged, type);
  }

  private static WireAnswer ok(JsonNode body) {
    return WireAnswer.json(200, body);
  }

  private static WireAnswer done() {
    return ok(Json.object().put("done", true));
  }
}
