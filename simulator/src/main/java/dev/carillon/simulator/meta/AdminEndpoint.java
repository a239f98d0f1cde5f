package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.MessageTemplate;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.Subscription;
import dev.carillon.simulator.meta.webhook.Subscriptions;
import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import dev.carillon.simulator.wire.WireRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers what is asked about an account and its number: templates, numbers, subscriptions. */
final class AdminEndpoint {

  private static final int PAGE = 25;
  private static final int LARGEST_PAGE = 1000;
  private static final List<String> NUMBER_FIELDS =
      List.of("verified_name", "display_phone_number", "quality_rating", "id");

  private final Accounts accounts;
  private final Subscriptions subscriptions;

  AdminEndpoint(Accounts accounts, Subscriptions subscriptions) {
    this.accounts = accounts;
    this.subscriptions = subscriptions;
  }

  /** A number's fields, those asked for or the usual ones. */
  WireAnswer number(WhatsAppAccount account, WireRequest request) {
    String asked = request.query().get("fields");
    List<String> fields = asked == null ? NUMBER_FIELDS : List.of(asked.split(",", -1));
    ObjectNode all = describe(account);
    ObjectNode node = Json.object();
    for (String field : fields) {
      if (all.has(field)) {
        node.set(field, all.get(field));
      }
    }
    return WireAnswer.json(200, node.put("id", account.phoneNumberId()));
  }

  WireAnswer numbers(WhatsAppAccount account) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    accounts.all().stream()
        .filter(other -> other.businessAccountId().equals(account.businessAccountId()))
        .map(AdminEndpoint::describe)
        .forEach(data::add);
    return WireAnswer.json(200, answer);
  }

  /** A page of the templates, by name and status where given. */
  WireAnswer templates(WhatsAppAccount account, WireRequest request) {
    String name = request.query().get("name");
    String status = request.query().get("status");
    List<MessageTemplate> found =
        accounts.templates(account.businessAccountId()).stream()
            .filter(template -> name == null || template.name().contains(name))
            .filter(template -> status == null || template.status().equals(status))
            .toList();
    int limit = Math.clamp(number(request.query().get("limit"), PAGE), 1, LARGEST_PAGE);
    int from = Math.clamp(offset(request.query().get("after")), 0, found.size());
    int to = Math.min(found.size(), from + limit);
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    found.subList(from, to).forEach(template -> data.add(template.listed()));
    if (to > from) {
      ObjectNode paging = answer.putObject("paging");
      paging.putObject("cursors").put("before", cursor(from)).put("after", cursor(to));
      if (to < found.size()) {
        String host = request.header("host").orElse("localhost");
        paging.put(
            "next",
            "http://%s%s?limit=%d&after=%s".formatted(host, request.path(), limit, cursor(to)));
      }
    }
    return WireAnswer.json(200, answer);
  }

  WireAnswer createTemplate(WhatsAppAccount account, WireRequest request, String trace) {
    ObjectNode body = Json.readObject(request.body()).orElseGet(Json::object);
    try {
      MessageTemplate template = accounts.addTemplate(account.businessAccountId(), body);
      return WireAnswer.json(
          200,
          Json.object()
              .put("id", template.id())
              .put("status", template.status())
              .put("category", template.category()));
    } catch (IllegalArgumentException e) {
      return GraphError.of(100).details(String.valueOf(e.getMessage())).reply(trace);
    }
  }

  WireAnswer deleteTemplate(WhatsAppAccount account, WireRequest request, String trace) {
    String name = request.query().getOrDefault("name", "");
    return accounts.deleteTemplate(account.businessAccountId(), name)
        ? WireAnswer.json(200, Json.object().put("success", true))
        : GraphError.of(100)
            .subcode(2_593_002)
            .details("Message Template \"" + name + "\" was not found")
            .reply(trace);
  }

  WireAnswer subscribed(WhatsAppAccount account) {
    ObjectNode answer = Json.object();
    ArrayNode data = answer.putArray("data");
    for (Subscription subscription : subscriptions.of(account)) {
      ObjectNode app = data.addObject();
      app.putObject("whatsapp_business_api_data")
          .put("id", "670843887433847")
          .put("name", "Carillon");
      app.put("override_callback_uri", subscription.callbackUrl().toString());
    }
    return WireAnswer.json(200, answer);
  }

  /** Subscribes, after the handshake, when a callback URL is given. */
  WireAnswer subscribe(WhatsAppAccount account, WireRequest request, String trace) {
    ObjectNode body = Json.readObject(request.body()).orElseGet(Json::object);
    String url = body.path("override_callback_uri").asString("");
    if (!url.isEmpty()) {
      Optional<String> problem =
          subscriptions.subscribe(
              new Subscription(
                  account.businessAccountId(),
                  URI.create(url),
                  body.path("verify_token").asString(""),
                  account.appSecret()));
      if (problem.isPresent()) {
        return GraphError.of(100)
            .subcode(2_200_200)
            .details("Callback verification failed: " + problem.get())
            .reply(trace);
      }
    }
    return WireAnswer.json(200, Json.object().put("success", true));
  }

  WireAnswer unsubscribe(WhatsAppAccount account) {
    subscriptions.unsubscribe(account);
    return WireAnswer.json(200, Json.object().put("success", true));
  }

  private static ObjectNode describe(WhatsAppAccount account) {
    ObjectNode node = Json.object();
    node.put("verified_name", account.verifiedName())
        .put("code_verification_status", "VERIFIED")
        .put("display_phone_number", "+" + account.displayNumber())
        .put("quality_rating", "GREEN")
        .put("platform_type", "CLOUD_API")
        .put("status", "CONNECTED")
        .put("whatsapp_business_manager_messaging_limit", "TIER_UNLIMITED")
        .put("id", account.phoneNumberId());
    node.putObject("throughput").put("level", "STANDARD");
    return node;
  }

  private static String cursor(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("at:" + offset).getBytes(StandardCharsets.US_ASCII));
  }

  private static int offset(@Nullable String cursor) {
    if (cursor == null) {
      return 0;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      return text.startsWith("at:") ? number(text.substring(3), 0) : 0;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static int number(@Nullable String text, int otherwise) {
    try {
      return text == null ? otherwise : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
