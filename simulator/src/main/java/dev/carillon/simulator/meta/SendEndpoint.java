package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.AcceptedMessage;
import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.MessageTemplate;
import dev.carillon.simulator.meta.account.Wamids;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.WebhookCourier;
import dev.carillon.simulator.received.ReceivedMessage;
import dev.carillon.simulator.received.ReceivedMessages;
import dev.carillon.simulator.time.SeededDraws;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import dev.carillon.simulator.wire.WireRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code POST /{version}/{phoneNumberId}/messages}. Thread-safe. */
final class SendEndpoint {

  private static final int OPAQUE_LIMIT = 512;
  private static final int TEXT_LIMIT = 4096;

  private final SimulatedTime time;
  private final long seed;
  private final Accounts accounts;
  private final Limiter limiter;
  private final OutcomeScript script;
  private final MessageOutcomes life;
  private final WebhookCourier courier;
  private final ReceivedMessages received;
  private final Map<String, Integer> numberOfPair = new ConcurrentHashMap<>();
  private final AtomicLong traces = new AtomicLong();

  SendEndpoint(
      SimulatedTime time,
      long seed,
      Accounts accounts,
      Limiter limiter,
      OutcomeScript script,
      MessageOutcomes life,
      WebhookCourier courier,
      ReceivedMessages received) {
    this.time = time;
    this.seed = seed;
    this.accounts = accounts;
    this.limiter = limiter;
    this.script = script;
    this.life = life;
    this.courier = courier;
    this.received = received;
  }

  /** Answers an authorised request to an account's number, which is counted already. */
  WireAnswer answer(WhatsAppAccount account, WireRequest request) {
    ObjectNode body = Json.readObject(request.body()).orElseGet(Json::object);
    if (body.path("status").asString("").equals("read")) {
      return WireAnswer.json(200, Json.object().put("success", true));
    }
    String digits = RecipientAddresses.digits(body.path("to").asString(""));
    String template = body.path("template").path("name").asString("");
    String opaque = body.path("biz_opaque_callback_data").asString("");
    @Nullable Outcome outcome = script.draw(digits, template, opaque).orElse(null);
    if (outcome instanceof Outcome.Refused refused) {
      GraphError error = GraphError.of(refused.code());
      error = refused.details() == null ? error : error.details(refused.details());
      error = refused.httpStatus() == null ? error : error.httpStatus(refused.httpStatus());
      return refuse(error);
    }
    if (outcome instanceof Outcome.Spoilt spoilt && !spoilt.accepted()) {
      received.refuse("spoilt");
      return spoilt.answer();
    }
    Optional<GraphError> problem =
        limiter
            .throughput(account.phoneNumberId(), time.instant())
            .or(() -> problem(account, body))
            .or(
                () ->
                    limiter.pair(
                        account.phoneNumberId(), RecipientAddresses.waId(digits), time.instant()));
    return problem.isPresent() ? refuse(problem.get()) : accept(account, body, digits, outcome);
  }

  WireAnswer.Reply refuse(GraphError error) {
    received.refuse(Integer.toString(error.code()));
    return error.reply(trace());
  }

  /** A new {@code fbtrace_id}. */
  String trace() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    var draws = SeededDraws.of(seed, "trace", Long.toString(traces.getAndIncrement()));
    StringBuilder trace = new StringBuilder("A");
    while (trace.length() < 23) {
      trace.append(alphabet.charAt(draws.nextInt(alphabet.length())));
    }
    return trace.toString();
  }

  private Optional<GraphError> problem(WhatsAppAccount account, ObjectNode body) {
    if (!body.path("messaging_product").asString("").equals("whatsapp")) {
      return Optional.of(
          GraphError.of(100).details("The parameter messaging_product is required."));
    }
    String to = body.path("to").asString("");
    if (to.isEmpty()) {
      return Optional.of(GraphError.of(131008).details("Parameter 'to' is required"));
    }
    Optional<String> digits = RecipientAddresses.parse(to);
    if (digits.isEmpty()) {
      return Optional.of(
          GraphError.of(131009).details("Parameter 'to' is not a valid phone number"));
    }
    if (digits.get().equals(account.displayNumber())) {
      return Optional.of(GraphError.of(131021));
    }
    if (body.path("biz_opaque_callback_data").asString("").length() > OPAQUE_LIMIT) {
      return Optional.of(
          GraphError.of(131009)
              .details("Parameter 'biz_opaque_callback_data' has at most 512 characters"));
    }
    return switch (body.path("type").asString("text")) {
      case "template" -> templateProblem(account, body.path("template"));
      case "text" -> textProblem(account, body.path("text"), RecipientAddresses.waId(digits.get()));
      default -> Optional.of(GraphError.of(131051));
    };
  }

  private Optional<GraphError> templateProblem(WhatsAppAccount account, JsonNode given) {
    String name = given.path("name").asString("");
    String language = given.path("language").path("code").asString("");
    if (name.isEmpty() || language.isEmpty()) {
      return Optional.of(
          GraphError.of(131008)
              .details("Parameters 'template.name' and 'language.code' are required"));
    }
    return accounts
        .template(account.businessAccountId(), name, language)
        .map(template -> new TemplateRules(template, given.path("components")).problem())
        .orElseGet(
            () ->
                Optional.of(
                    GraphError.of(132001)
                        .details(
                            "template name (%s) does not exist in %s".formatted(name, language))));
  }

  private Optional<GraphError> textProblem(WhatsAppAccount account, JsonNode text, String waId) {
    String body = text.path("body").asString("");
    if (body.isEmpty()) {
      return Optional.of(GraphError.of(131008).details("Parameter 'text.body' is required"));
    }
    if (body.length() > TEXT_LIMIT) {
      return Optional.of(
          GraphError.of(131009).details("Parameter 'text.body' has at most 4096 characters"));
    }
    boolean refusedNow =
        !limiter.limits().windowAnsweredLater()
            && !limiter.windowOpen(account.phoneNumberId(), waId, time.instant());
    return refusedNow ? Optional.of(GraphError.of(131047)) : Optional.empty();
  }

  private WireAnswer accept(
      WhatsAppAccount account, ObjectNode body, String digits, @Nullable Outcome outcome) {
    AcceptedMessage message = message(account, body, digits);
    received.accept(record(message, body));
    WireAnswer.Reply usual = answerTo(message, body.path("to").asString(""));
    if (outcome instanceof Outcome.Silent) {
      return usual;
    }
    if (outcome instanceof Outcome.FailedLater later) {
      life.fail(message, GraphError.of(later.code()), later.after(), later.afterSent());
      return usual;
    }
    if (message.category().equals("service") && !message.windowOpen()) {
      life.fail(message, GraphError.of(131047), Duration.ofSeconds(1), false);
      return usual;
    }
    boolean early =
        outcome instanceof Outcome.CallbackFirst || courier.drawsBeforeAnswer(message.wamid());
    if (early) {
      life.postSentAtOnce(message);
    }
    life.begin(message, early);
    return switch (outcome) {
      case Outcome.Slow slow -> new WireAnswer.Held(slow.pause(), usual);
      case Outcome.Spoilt spoilt -> spoilt.answer();
      case null, default -> usual;
    };
  }

  private AcceptedMessage message(WhatsAppAccount account, ObjectNode body, String digits) {
    String waId = RecipientAddresses.waId(digits);
    String pair = account.phoneNumberId() + "/" + waId;
    int number = numberOfPair.merge(pair, 1, Integer::sum);
    JsonNode given = body.path("template");
    Optional<MessageTemplate> template =
        accounts.template(
            account.businessAccountId(),
            given.path("name").asString(""),
            given.path("language").path("code").asString(""));
    List<String> quickReplies = template.map(MessageTemplate::quickReplies).orElse(List.of());
    JsonNode opaque = body.path("biz_opaque_callback_data");
    return new AcceptedMessage(
        account,
        Wamids.of(seed, account.phoneNumberId(), waId, "out", number, time.instant()),
        digits,
        waId,
        opaque.isString() ? opaque.asString("") : null,
        template.map(MessageTemplate::name).orElse("text"),
        template.map(MessageTemplate::priceCategory).orElse("service"),
        quickReplies,
        payloads(quickReplies, given.path("components")),
        number,
        limiter.windowOpen(account.phoneNumberId(), waId, time.instant()));
  }

  private ReceivedMessage record(AcceptedMessage message, ObjectNode body) {
    boolean text = message.category().equals("service");
    return new ReceivedMessage(
        "whatsapp",
        message.wamid(),
        message.digits(),
        message.opaque(),
        text ? null : message.topic(),
        text
            ? List.of(body.path("text").path("body").asString(""))
            : TemplateRules.texts(body.path("template").path("components")),
        time.instant());
  }

  private static List<String> payloads(List<String> quickReplies, JsonNode components) {
    List<String> payloads = new ArrayList<>(quickReplies);
    for (JsonNode component : components) {
      int index = component.path("index").asInt(-1);
      JsonNode payload = component.path("parameters").path(0).path("payload");
      if (index >= 0 && index < payloads.size() && payload.isString()) {
        payloads.set(index, payload.asString(""));
      }
    }
    return List.copyOf(payloads);
  }

  private static WireAnswer.Reply answerTo(AcceptedMessage message, String to) {
    ObjectNode answer = Json.object();
    answer.put("messaging_product", "whatsapp");
    answer.putArray("contacts").addObject().put("input", to).put("wa_id", message.waId());
    answer
        .putArray("messages")
        .addObject()
        .put("id", message.wamid())
        .put("message_status", "accepted");
    return WireAnswer.json(
        200, Json.write(answer), Map.of("X-App-Usage", "{\"call_count\":1,\"total_time\":1}"));
  }
}
