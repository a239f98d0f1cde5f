package dev.carillon.channels.pigeon;

import dev.carillon.channels.support.http.HttpOutcome;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.channels.support.settings.ProviderAddress;
import dev.carillon.channels.support.settings.Setting;
import dev.carillon.channels.support.settings.SettingsForm;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.PigeonNote;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.json.JsonMapper;

/** A loft that takes notes by HTTP. Its pigeons do not come back. */
@NullMarked
public final class PigeonProvider implements Provider {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Setting<String> BASE_URL =
      ProviderAddress.base(
          Field.address("baseUrl", "Address", "Where the loft is.", "https://loft.example"));
  private static final Setting<Double> RATE = Setting.messagesPerSecond("How many fly.", "10");
  private static final Setting<Double> TIME_LIMIT = Setting.timeLimit();
  private static final SettingsForm FORM =
      new SettingsForm(BASE_URL, RATE, TIME_LIMIT, ProviderAddress.ALLOW_HTTP);

  private final LiquidTexts texts = new LiquidTexts();

  @Override
  public String type() {
    return "pigeon-loft";
  }

  @Override
  public Channel channel() {
    return Channel.PIGEON;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder().build();
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
    return new Loft(
        BASE_URL.of(connection),
        new ProviderHttp(
            new ProviderHttp.Limits(Duration.ofSeconds(5), limit, 10_000),
            false,
            new ProcessHealth()));
  }

  @Override
  public Optional<CallbackAnswer.Rejected> rejectUnread(
      Connection connection, CallbackRequest head) {
    return Optional.of(new CallbackAnswer.Rejected(404, "badMethod"));
  }

  @Override
  public CallbackAnswer receive(Connection connection, CallbackRequest request) {
    return new CallbackAnswer.Rejected(404, "badMethod");
  }

  @Override
  public double messagesPerSecond(Connection connection) {
    return RATE.of(connection);
  }

  @Override
  public ErrorMeaning explain(String code) {
    return new ErrorMeaning(
        ErrorClass.TEMPORARY,
        ErrorMeaning.Reaction.RETRY,
        "The loft did not take the note (" + code + ").",
        "Nothing: it is tried again.");
  }

  private final class Loft implements Sender {
    private final URI address;
    private final ProviderHttp http;

    private Loft(String base, ProviderHttp http) {
      this.address = URI.create(base + "/notes");
      this.http = http;
    }

    @Override
    public Prepared prepare(MessageContent what, String address, String properties)
        throws PersonalisationException {
      String note = texts.fill(((PigeonNote) what).text(), LiquidPerson.of(properties));
      return new Prepared(address, note.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public SendResult send(Prepared message, String reference) {
      String body =
          JSON.createObjectNode()
              .put("to", message.address())
              .put("note", new String(message.body(), StandardCharsets.UTF_8))
              .put("reference", reference)
              .toString();
      HttpOutcome outcome =
          http.call(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(body)).build());
      return switch (outcome) {
        case HttpOutcome.Answered answer when answer.status() == 200 ->
            new SendResult.Accepted(new String(answer.body(), StandardCharsets.UTF_8), null);
        case HttpOutcome.Answered answer -> failed(Integer.toString(answer.status()));
        case HttpOutcome.NotSent _ -> failed("connection");
        case HttpOutcome.NoAnswer(String words) -> new SendResult.Unknown(words);
      };
    }

    private SendResult failed(String code) {
      ErrorMeaning meaning = explain(code);
      return new SendResult.Failed(code, meaning.words(), meaning, null);
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
