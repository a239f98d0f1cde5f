package dev.carillon.channels.support.madeup;

import static dev.carillon.channels.support.json.ScalarText.text;

import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.http.HttpOutcome;
import dev.carillon.channels.support.http.HttpOutcome.Answered;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.http.RetryAfter;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.Provider.Prepared;
import dev.carillon.engine.provider.Provider.Referenced;
import dev.carillon.engine.provider.SendResult;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends lines of Base64, after it has fetched a token. */
final class BulkSender implements Provider.Sender {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String address;
  private final String secret;
  private final ProviderHttp http;
  private final AtomicReference<@Nullable String> token = new AtomicReference<>();

  BulkSender(String address, String secret, ProviderHttp http) {
    this.address = address;
    this.secret = secret;
    this.http = http;
  }

  @Override
  public Prepared prepare(MessageContent what, String address, String properties)
      throws PersonalisationException {
    String name = text(JSON.readTree(properties).path("name"));
    if (name == null) {
      throw new PersonalisationException("name is missing");
    }
    return new Prepared(address, (address + " " + name).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public SendResult send(Prepared message, String reference) {
    return sendMany(List.of(new Referenced(message, reference))).getFirst();
  }

  @Override
  public List<SendResult> sendMany(List<Referenced> messages) {
    HttpOutcome outcome = token.get() == null ? fetchToken() : null;
    if (outcome == null) {
      StringBuilder lines = new StringBuilder();
      for (Referenced one : messages) {
        lines.append(Base64.getEncoder().encodeToString(one.message().body())).append('\n');
      }
      outcome = http.call(post("/send", lines.toString()));
    } else if (outcome instanceof HttpOutcome.NoAnswer(String words)) {
      outcome = new HttpOutcome.NotSent(words); // Only the token was asked for.
    }
    return switch (outcome) {
      case Answered answer -> read(answer, messages.size());
      case HttpOutcome.NotSent(String words) ->
          all(messages.size(), BulkProvider.CODES.failed(ErrorCodes.CONNECTION, words));
      case HttpOutcome.NoAnswer(String words) ->
          all(messages.size(), new SendResult.Unknown(words));
    };
  }

  /** Null once there is one. */
  private @Nullable HttpOutcome fetchToken() {
    HttpOutcome outcome = http.call(post("/token", secret));
    if (outcome instanceof Answered answer && answer.status() == 200) {
      token.set(new String(answer.body(), StandardCharsets.UTF_8));
      return null;
    }
    return outcome;
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + token.get())
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static List<SendResult> read(Answered answer, int messages) {
    JsonNode body;
    try {
      body = JSON.readTree(answer.body());
    } catch (JacksonException e) {
      body = JSON.missingNode();
    }
    String code = text(body.path("code"));
    if (code != null) {
      ErrorMeaning meaning = BulkProvider.CODES.meaning(code);
      long since = body.path("since").asLong(0);
      return all(
          messages,
          new SendResult.Failed(
              code,
              meaning.words(),
              meaning,
              RetryAfter.of(answer.headers(), InstantSource.system()).orElse(null),
              since == 0 ? null : Instant.ofEpochMilli(since)));
    }
    List<SendResult> results = new ArrayList<>();
    body.path("ids").forEach(id -> results.add(new SendResult.Accepted(id.asString(), null)));
    return answer.status() == 200 && results.size() == messages
        ? results
        : all(messages, new SendResult.Unknown("HTTP " + answer.status() + " without ids"));
  }

  private static List<SendResult> all(int messages, SendResult result) {
    return Collections.nCopies(messages, result);
  }

  @Override
  public void close() {
    http.close();
  }
}
