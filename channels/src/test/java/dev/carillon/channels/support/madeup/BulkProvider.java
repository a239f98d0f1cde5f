package dev.carillon.channels.support.madeup;

import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.settings.ProviderAddress;
import dev.carillon.channels.support.settings.Setting;
import dev.carillon.channels.support.settings.SettingsForm;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A provider as unlike WhatsApp as the interface allows: it fetches a token first, takes several
 * messages a call and the same ones again, hides what it is sent, knows messages by its own ids
 * alone, and calls back by GET with everything in the query.
 */
final class BulkProvider implements Provider {
  static final Setting<String> BASE_URL =
      ProviderAddress.base(
          Field.address("baseUrl", "Address", "Where it is.", "https://bulk.example"));
  static final Setting<Double> TIME_LIMIT = Setting.timeLimit();
  static final Setting<String> SECRET =
      Setting.token(Field.secret("secret", "Secret", "Proves both sides."));
  static final ErrorCodes CODES = ErrorCodes.beside(BulkProvider.class, "errors.txt");

  private static final Setting<Double> RATE = Setting.messagesPerSecond("What it takes.", "500");
  private static final SettingsForm FORM =
      new SettingsForm(SECRET, BASE_URL, RATE, TIME_LIMIT, ProviderAddress.ALLOW_HTTP);
  private static final Capabilities CAPABILITIES =
      Capabilities.builder()
          .callbackMethods("GET")
          .reports(FactKind.RECEIPT_DELIVERED, FactKind.RECEIPT_FAILED, FactKind.CLICKED)
          .repeatable()
          .messagesPerCall(50)
          .build();

  @Override
  public String type() {
    return "made-up-bulk";
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public List<Field> fields() {
    return FORM.fields();
  }

  @Override
  public List<Problem> check(Connection connection) {
    return FORM.check(connection);
  }

  @Override
  public Sender open(Connection connection) {
    FORM.require(connection);
    Duration limit = Duration.ofMillis((long) (1000 * TIME_LIMIT.of(connection)));
    return new BulkSender(
        BASE_URL.of(connection),
        SECRET.of(connection),
        new ProviderHttp(
            new ProviderHttp.Limits(Duration.ofMillis(900), limit, 10_000),
            CAPABILITIES.http2(),
            new ProcessHealth()));
  }

  @Override
  public Optional<CallbackAnswer.Rejected> rejectUnread(
      Connection connection, CallbackRequest head) {
    boolean known =
        head.query()
            .first(CallbackRequest.TOKEN)
            .filter(token -> token.equals(SECRET.of(connection)))
            .isPresent();
    return known ? Optional.empty() : Optional.of(new CallbackAnswer.Rejected(401, "badToken"));
  }

  @Override
  public CallbackAnswer receive(Connection connection, CallbackRequest request) {
    Optional<CallbackAnswer.Rejected> rejected = rejectUnread(connection, request);
    return rejected.isPresent()
        ? rejected.get()
        : BulkCallback.read(request.query(), request.receivedAt())
            .map(item -> received(List.of(item), 0))
            .orElseGet(() -> received(List.of(), 1));
  }

  private static CallbackAnswer received(List<CallbackAnswer.Item> items, int notUnderstood) {
    return new CallbackAnswer.Received(items, notUnderstood, List.of(), CallbackReply.empty(204));
  }

  @Override
  public double messagesPerSecond(Connection connection) {
    return RATE.of(connection);
  }

  @Override
  public ErrorMeaning explain(String code) {
    return CODES.meaning(code);
  }
}
