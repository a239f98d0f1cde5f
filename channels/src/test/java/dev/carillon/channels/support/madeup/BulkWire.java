package dev.carillon.channels.support.madeup;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connection;
import dev.carillon.testkit.provider.ProviderWire;
import dev.carillon.testkit.provider.ReceivedRequest;
import dev.carillon.testkit.provider.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The other side of {@link BulkProvider}. */
final class BulkWire implements ProviderWire {
  private static final String HOOK = "https://carillon.example/hooks/1?token=s3cret";

  static Connection connection(URI address, int timeLimitSeconds) {
    return new Connection(
        1,
        "made-up-bulk",
        "Bulk",
        Map.of("baseUrl", address.toString(), "timeoutSeconds", timeLimitSeconds),
        Map.of("secret", "s3cret"));
  }

  @Override
  public Reply.Answer accepts(String providerMessageId) {
    return Reply.Answer.of(200, "{\"ids\":[\"" + providerMessageId + "\"]}");
  }

  @Override
  public Reply.Answer acceptsMany(int messages) {
    return Reply.Answer.of(
        200,
        IntStream.range(0, messages)
            .mapToObj(i -> "\"id" + i + "\"")
            .collect(Collectors.joining(",", "{\"ids\":[", "]}")));
  }

  @Override
  public Refusal refusesMessage() {
    return refusal("bad-text");
  }

  @Override
  public Refusal refusesAddress() {
    return refusal("GONE");
  }

  @Override
  public Refusal throttles(int retryAfterSeconds) {
    Refusal slow = refusal("SLOW");
    return new Refusal(
        slow.answer().with("Retry-After", Integer.toString(retryAfterSeconds)), slow.code());
  }

  @Override
  public Refusal refusesCredentials() {
    return refusal("WHO");
  }

  private static Refusal refusal(String code) {
    return new Refusal(
        Reply.Answer.of(400, "{\"code\":\"" + code + "\",\"since\":1760000000000}"), code);
  }

  @Override
  public @Nullable Reply beside(ReceivedRequest request) {
    return request.target().equals("/token") ? Reply.Answer.of(200, "t0ken") : null;
  }

  @Override
  public String understood(ReceivedRequest request) {
    return request
        .text()
        .lines()
        .map(line -> new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public CallbackRequest status(
      @Nullable String reference, String providerMessageId, FactKind kind, Instant receivedAt) {
    String said =
        switch (kind) {
          case RECEIPT_DELIVERED -> "delivered";
          case RECEIPT_FAILED -> "failed&code=GONE";
          case CLICKED -> "clicked&link=2&event=e9";
          default -> throw new IllegalArgumentException(kind.toString());
        };
    return get(HOOK + "&id=" + providerMessageId + "&status=" + said, receivedAt);
  }

  @Override
  public CallbackRequest signed(byte[] body, Instant receivedAt) {
    return get(HOOK + "&" + new String(body, StandardCharsets.ISO_8859_1), receivedAt);
  }

  @Override
  public CallbackRequest unsigned(CallbackRequest callback) {
    return get(callback.address().replace("token=s3cret", "token=guess"), callback.receivedAt());
  }

  @Override
  public CallbackAnswer.Rejected rejectsUnsigned() {
    return new CallbackAnswer.Rejected(401, "badToken");
  }

  /** Nothing is signed. */
  @Override
  public List<CallbackRequest> forged(CallbackRequest callback) {
    return List.of();
  }

  @Override
  public @Nullable Handshake handshake() {
    return null;
  }

  private static CallbackRequest get(String address, Instant receivedAt) {
    return new CallbackRequest("GET", address, Map.of(), new byte[0], receivedAt);
  }
}
