package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.meta.graph.GraphErrorReader;
import dev.carillon.channels.meta.graph.GraphSignature;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.channels.support.signature.Hmac;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ConnectionTest;
import dev.carillon.engine.provider.ContentCheck;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.FormParameters;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.TemplateCatalog;
import dev.carillon.engine.provider.TextFill;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Meta's WhatsApp Cloud API as a provider. Thread-safe. */
public final class WhatsAppCloudProvider
    implements Provider, ConnectionTest, TemplateCatalog, ContentCheck, TextFill {
  private static final int LARGEST_CALLBACK = 3 * 1024 * 1024;
  private static final int LONGEST_CHALLENGE = 1024;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int LARGEST_ANSWER = 256 * 1024;
  private static final int LARGEST_LISTING = 8 * 1024 * 1024;

  private static final Capabilities CAPABILITIES =
      Capabilities.builder()
          .echoesReference()
          .reports(
              FactKind.RECEIPT_SENT,
              FactKind.RECEIPT_DELIVERED,
              FactKind.RECEIPT_FAILED,
              FactKind.VIEWED,
              FactKind.REPLIED)
          .callbackMethods("GET", "POST")
          .build();

  private final LiquidTexts texts;
  private final GraphErrorReader errors;
  private final ProcessHealth health;

  /**
   * @param texts fills what messages say
   * @param clock reads waits that a provider gives as a time
   * @param health notified when calls cannot be ended in time
   */
  public WhatsAppCloudProvider(LiquidTexts texts, InstantSource clock, ProcessHealth health) {
    this.texts = texts;
    this.errors = new GraphErrorReader(CloudErrors.CODES, clock);
    this.health = health;
  }

  @Override
  public String type() {
    return "whatsapp-cloud";
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ConnectionTest> connectionTest() {
    return Optional.of(this);
  }

  @Override
  public Optional<TemplateCatalog> templates() {
    return Optional.of(this);
  }

  @Override
  public Optional<ContentCheck> contentCheck() {
    return Optional.of(this);
  }

  @Override
  public Optional<TextFill> textFill() {
    return Optional.of(this);
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public List<Field> fields() {
    return CloudSettings.FORM.fields();
  }

  @Override
  public List<Problem> check(Connection connection) {
    return CloudSettings.FORM.check(connection);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when {@link #check} finds a problem
   */
  @Override
  public Sender open(Connection connection) {
    CloudSettings settings = CloudSettings.of(connection);
    return new CloudSender(
        settings, http(settings, LARGEST_ANSWER), texts, new AnswerReader(errors));
  }

  /** Every callback bears a signature; without the app's secret none can be right. */
  @Override
  public Optional<CallbackAnswer.Rejected> rejectUnread(
      Connection connection, CallbackRequest head) {
    return switch (head.method()) {
      case "GET" -> Optional.empty();
      case "POST" -> rejectSignature(connection, head);
      default -> Optional.of(new CallbackAnswer.Rejected(405, "badMethod"));
    };
  }

  private static Optional<CallbackAnswer.Rejected> rejectSignature(
      Connection connection, CallbackRequest head) {
    Optional<String> claimed = head.header(GraphSignature.HEADER);
    if (claimed.isEmpty()) {
      return Optional.of(new CallbackAnswer.Rejected(401, "unsigned"));
    }
    return GraphSignature.isWellFormed(claimed.get())
            && CloudSettings.appSecret(connection).isPresent()
        ? Optional.empty()
        : Optional.of(new CallbackAnswer.Rejected(401, "badSignature"));
  }

  @Override
  public CallbackAnswer receive(Connection connection, CallbackRequest request) {
    return switch (request.method()) {
      case "GET" -> handshake(connection, request);
      case "POST" -> callback(connection, request);
      default -> new CallbackAnswer.Rejected(405, "badMethod");
    };
  }

  @Override
  public Outcome test(Connection connection) {
    List<Problem> problems = check(connection);
    if (!problems.isEmpty()) {
      return new Outcome(false, problems.getFirst().words(), List.of());
    }
    CloudSettings settings = CloudSettings.of(connection);
    try (ProviderHttp http = http(settings, LARGEST_LISTING)) {
      return new AccountReader(settings, http, errors).test();
    }
  }

  @Override
  public Listing templates(Connection connection) {
    List<Problem> problems = check(connection);
    if (!problems.isEmpty()) {
      return new Listing(List.of(), problems.getFirst().words());
    }
    CloudSettings settings = CloudSettings.of(connection);
    try (ProviderHttp http = http(settings, LARGEST_LISTING)) {
      return new AccountReader(settings, http, errors).templates();
    }
  }

  @Override
  public List<ContentProblem> checkContent(MessageContent what) {
    return TemplateCheck.problems((WhatsAppTemplate) what, texts);
  }

  @Override
  public String fill(String text, String properties) throws PersonalisationException {
    return texts.fill(text, LiquidPerson.of(properties));
  }

  @Override
  public String callbackHelp() {
    return "In Meta's app dashboard it belongs under WhatsApp, Configuration, Webhook, with the verify"
        + " token that you gave this connection; subscribe it to “messages”.";
  }

  @Override
  public Optional<String> number(Connection connection) {
    return Optional.of(CloudSettings.phoneNumberId(connection));
  }

  @Override
  public double messagesPerSecond(Connection connection) {
    return CloudSettings.messagesPerSecond(connection);
  }

  @Override
  public ErrorMeaning explain(String code) {
    return CloudErrors.CODES.meaning(code);
  }

  private ProviderHttp http(CloudSettings settings, int largestAnswer) {
    return new ProviderHttp(
        new ProviderHttp.Limits(CONNECT, settings.callTimeout(), largestAnswer),
        CAPABILITIES.http2(),
        health);
  }

  private static CallbackAnswer handshake(Connection connection, CallbackRequest request) {
    FormParameters query = request.query();
    String token = query.first("hub.verify_token").orElse("");
    String challenge = query.first("hub.challenge").orElse("");
    boolean known =
        CloudSettings.verifyToken(connection)
            .filter(mine -> Hmac.sameText(mine, token))
            .isPresent();
    boolean complete =
        query.all("hub.mode").contains("subscribe")
            && !challenge.isEmpty()
            && challenge.length() <= LONGEST_CHALLENGE;
    return known && complete
        ? new CallbackAnswer.Answered(CallbackReply.text(challenge))
        : new CallbackAnswer.Rejected(403, "badToken");
  }

  private static CallbackAnswer callback(Connection connection, CallbackRequest request) {
    if (request.body().length > LARGEST_CALLBACK) {
      return new CallbackAnswer.Rejected(413, "tooLarge");
    }
    Optional<String> claimed = request.header(GraphSignature.HEADER);
    if (claimed.isEmpty()) {
      return new CallbackAnswer.Rejected(401, "unsigned");
    }
    boolean authentic =
        CloudSettings.appSecret(connection)
            .filter(secret -> GraphSignature.matches(claimed.get(), request.body(), secret))
            .isPresent();
    return authentic
        ? new CallbackReader(CloudSettings.phoneNumberId(connection))
            .read(request.body(), request.receivedAt())
        : new CallbackAnswer.Rejected(401, "badSignature");
  }
}
