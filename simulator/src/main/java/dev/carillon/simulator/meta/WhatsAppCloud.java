package dev.carillon.simulator.meta;

import dev.carillon.simulator.meta.account.GraphError;
import dev.carillon.simulator.meta.account.MessageTemplate;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.CallbackBodies;
import dev.carillon.simulator.meta.webhook.CallbackSignature;
import dev.carillon.simulator.meta.webhook.Subscription;
import dev.carillon.simulator.meta.webhook.Subscriptions;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.meta.webhook.WebhookCourier;
import dev.carillon.simulator.meta.webhook.WebhookDelivery;
import dev.carillon.simulator.meta.webhook.WebhookPoster;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.people.PurchaseSink;
import dev.carillon.simulator.received.ReceivedMessages;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import dev.carillon.simulator.wire.WireEndpoint;
import dev.carillon.simulator.wire.WireRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Meta's WhatsApp Cloud API: answers its requests and posts its callbacks. Scripts and settings can
 * be changed at any time. Thread-safe.
 */
public final class WhatsAppCloud implements WireEndpoint, AutoCloseable {

  private static final Pattern VERSION = Pattern.compile("v\\d{1,3}\\.\\d");

  private final WhatsAppSettings settings;
  private final Accounts accounts = new Accounts();
  private final Limiter limiter;
  private final OutcomeScript script;
  private final WebhookCourier courier;
  private final MessageOutcomes life;
  private final SendEndpoint sends;
  private final AdminEndpoint admin;
  private final Subscriptions subscriptions;
  private final SimulatedTime time;
  private final ReceivedMessages received;

  public WhatsAppCloud(
      WhatsAppSettings settings,
      SimulatedTime time,
      long seed,
      People people,
      PurchaseSink purchases,
      ReceivedMessages received) {
    WebhookPoster poster = new WebhookPoster();
    this.settings = settings;
    this.time = time;
    this.received = received;
    this.limiter = new Limiter(settings.limits());
    this.script = new OutcomeScript(seed);
    this.courier = new WebhookCourier(time, seed, poster, settings.delivery(), settings.chaos());
    this.life = new MessageOutcomes(time, seed, people, courier, limiter, purchases);
    this.sends = new SendEndpoint(time, seed, accounts, limiter, script, life, courier, received);
    this.subscriptions = new Subscriptions(seed, poster, courier);
    this.admin = new AdminEndpoint(accounts, subscriptions);
    accounts.add(settings.account());
    StandardTemplates.addTo(accounts, settings.account());
  }

  @Override
  public boolean claims(WireRequest request) {
    return !request.segments().isEmpty()
        && VERSION.matcher(request.segments().getFirst()).matches();
  }

  @Override
  public WireAnswer answer(WireRequest request) {
    List<String> path = request.segments();
    String object = path.size() > 1 ? path.get(1) : "";
    boolean send = request.method().equals("POST") && path.getLast().equals("messages");
    if (send) {
      received.request();
    }
    Optional<WhatsAppAccount> number = accounts.byNumber(object);
    Optional<WhatsAppAccount> account = number.or(() -> accounts.byBusiness(object));
    if (account.isEmpty() || path.size() > 3) {
      return refuse(send, unknownObject(request, object));
    }
    Optional<GraphError> unauthorised = authorise(account.get(), request);
    if (unauthorised.isPresent()) {
      return refuse(send, unauthorised.get());
    }
    String what = request.method() + " " + (path.size() > 2 ? path.get(2) : "");
    return number.isPresent()
        ? numberAnswer(account.get(), request, what)
        : accountAnswer(account.get(), request, what);
  }

  public WhatsAppAccount account() {
    return settings.account();
  }

  /** Adds another account; it has no templates yet. */
  public void addAccount(WhatsAppAccount account) {
    accounts.add(account);
  }

  /**
   * Adds an approved template to an account, given as the API takes it.
   *
   * @throws IllegalArgumentException when a part is missing
   */
  public void addTemplate(String businessAccountId, JsonNode template) {
    accounts.addTemplate(businessAccountId, (ObjectNode) template);
  }

  /**
   * Changes a template's status in all languages, and notifies the subscribers; how many changed.
   */
  public int changeTemplateStatus(String businessAccountId, String name, String status) {
    WhatsAppAccount account = accounts.byBusiness(businessAccountId).orElseThrow();
    List<MessageTemplate> changed = accounts.changeStatus(businessAccountId, name, status);
    changed.forEach(
        template ->
            courier.notifySubscribers(
                CallbackBodies.templateStatus(account, template, time.instant())));
    return changed.size();
  }

  /** Has something else happen to some sends; rules given first win. */
  public void script(OutcomeRule rule) {
    script.add(rule);
  }

  /** Takes all rules back. */
  public void clearScript() {
    script.clear();
  }

  public void limit(WhatsAppLimits limits) {
    limiter.change(limits);
  }

  public void misbehave(WebhookChaos chaos) {
    courier.misbehave(chaos);
  }

  public void deliver(WebhookDelivery delivery) {
    courier.deliver(delivery);
  }

  /** Puts other people behind the numbers, for messages from now on. */
  public void populate(People people) {
    life.populate(people);
  }

  public WhatsAppLimits limits() {
    return limiter.limits();
  }

  public WebhookChaos chaos() {
    return courier.chaos();
  }

  public WebhookDelivery delivery() {
    return courier.delivery();
  }

  public People people() {
    return life.people();
  }

  /** What became of the callbacks so far. */
  public ObjectNode webhookCounts() {
    return courier.counts().json();
  }

  /**
   * Subscribes a callback URL to an account after the handshake.
   *
   * @return what was wrong with the handshake; empty when it succeeded
   */
  public Optional<String> subscribe(
      String businessAccountId, URI callbackUrl, String verifyToken, String appSecret) {
    return subscriptions.subscribe(
        new Subscription(businessAccountId, callbackUrl, verifyToken, appSecret));
  }

  /**
   * Has a person write to the standard account now.
   *
   * @param waId the person's number as WhatsApp knows it
   * @param context the message replied to, if the person points at one
   * @return the new message's id
   */
  public String write(String waId, String text, Optional<String> context) {
    return life.write(settings.account(), waId, text, context);
  }

  /** Forgets all that happened and all scripts; accounts, templates and subscribers stay. */
  public void reset() {
    script.clear();
    limiter.change(settings.limits());
    limiter.reset();
    courier.misbehave(settings.chaos());
    courier.deliver(settings.delivery());
    courier.reset();
    life.reset();
  }

  @Override
  public void close() {
    courier.close();
  }

  private WireAnswer numberAnswer(WhatsAppAccount account, WireRequest request, String what) {
    return switch (what) {
      case "POST messages" -> sends.answer(account, request);
      case "GET " -> admin.number(account, request);
      default -> refuse(false, unknownObject(request, account.phoneNumberId()));
    };
  }

  private WireAnswer accountAnswer(WhatsAppAccount account, WireRequest request, String what) {
    return switch (what) {
      case "GET message_templates" -> admin.templates(account, request);
      case "POST message_templates" -> admin.createTemplate(account, request, sends.trace());
      case "DELETE message_templates" -> admin.deleteTemplate(account, request, sends.trace());
      case "GET phone_numbers" -> admin.numbers(account);
      case "GET subscribed_apps" -> admin.subscribed(account);
      case "POST subscribed_apps" -> admin.subscribe(account, request, sends.trace());
      case "DELETE subscribed_apps" -> admin.unsubscribe(account);
      case "GET " ->
          WireAnswer.json(
              200,
              Json.object()
                  .put("id", account.businessAccountId())
                  .put("name", account.verifiedName()));
      default ->
          refuse(what.equals("POST messages"), unknownObject(request, account.businessAccountId()));
    };
  }

  private static Optional<GraphError> authorise(WhatsAppAccount account, WireRequest request) {
    Optional<String> token =
        request
            .header("authorization")
            .filter(value -> value.startsWith("Bearer "))
            .map(value -> value.substring("Bearer ".length()))
            .or(() -> Optional.ofNullable(request.query().get("access_token")));
    if (token.isEmpty()) {
      return Optional.of(GraphError.of(0));
    }
    if (!token.get().equals(account.accessToken())) {
      return Optional.of(GraphError.of(190));
    }
    String proof = request.query().get("appsecret_proof");
    boolean wrong =
        proof != null && !proof.equals(CallbackSignature.proof(account.appSecret(), token.get()));
    return wrong
        ? Optional.of(
            GraphError.of(100).details("Invalid appsecret_proof provided in the API argument"))
        : Optional.empty();
  }

  /** Refuses; refused sends are counted. */
  private WireAnswer refuse(boolean send, GraphError error) {
    return send ? sends.refuse(error) : error.reply(sends.trace());
  }

  private static GraphError unknownObject(WireRequest request, String object) {
    String title =
        "Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
            .formatted(request.method().toLowerCase(Locale.ROOT), object);
    return new GraphError(400, 100, 33, title, null);
  }
}
