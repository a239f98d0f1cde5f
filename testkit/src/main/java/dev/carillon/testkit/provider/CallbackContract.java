package dev.carillon.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every provider must do with callbacks: believe only signed ones, name the message, survive
 * any bytes.
 */
public abstract class CallbackContract {
  private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
  private static final List<FactKind> KINDS =
      List.of(
          FactKind.RECEIPT_SENT,
          FactKind.RECEIPT_DELIVERED,
          FactKind.RECEIPT_FAILED,
          FactKind.VIEWED);

  protected abstract Provider provider();

  protected abstract Connection connection();

  protected abstract ProviderWire wire();

  @Test
  void aStatusNamesItsMessageByReferenceAndByTheProvidersId() {
    for (FactKind kind : KINDS) {
      CallbackAnswer answer = receive(wire().status("our-reference", "their-id", kind, NOW));

      Item.Status status = onlyStatus(answer);
      assertThat(status.reference()).isEqualTo("our-reference");
      assertThat(status.providerMessageId()).isEqualTo("their-id");
      assertThat(status.kind()).isEqualTo(kind);
      assertThat(status.at()).isBeforeOrEqualTo(NOW);
      assertThat(status.detail() != null).isEqualTo(kind == FactKind.RECEIPT_FAILED);
    }
  }

  @Test
  void aStatusWithoutAReferenceStillHasTheProvidersId() {
    Item.Status status =
        onlyStatus(receive(wire().status(null, "their-id", FactKind.RECEIPT_DELIVERED, NOW)));

    assertThat(status.reference()).isNull();
    assertThat(status.providerMessageId()).isEqualTo("their-id");
  }

  @Test
  void theSameCallbackTwiceReadsTheSame() {
    CallbackRequest callback = wire().status("r", "id", FactKind.VIEWED, NOW);

    assertThat(receive(callback)).isEqualTo(receive(callback));
  }

  @Test
  void onlySignedCallbacksAreBelieved() {
    CallbackRequest right = wire().status("r", "id", FactKind.VIEWED, NOW);

    assertThat(receive(wire().unsigned(right)))
        .isEqualTo(new CallbackAnswer.Rejected(401, "unsigned"));
    for (int i = 0; i < right.body().length; i += 7) {
      byte[] changed = right.body().clone();
      changed[i] ^= 1;
      assertThat(receive(with(right, changed)))
          .as("byte " + i)
          .isEqualTo(new CallbackAnswer.Rejected(401, "badSignature"));
    }
  }

  @Test
  void whatIsAuthenticButNotUnderstoodIsCounted() {
    for (String body : List.of("", "{", "[]", "null", "42", "\"text\"", "\u0000\u0001", "{}")) {
      CallbackAnswer answer =
          receive(wire().signed(body.getBytes(StandardCharsets.ISO_8859_1), NOW));

      assertThat(answer).as(body).isEqualTo(new CallbackAnswer.Received(List.of(), 1));
    }
  }

  @Test
  void noBytesMakeItFail() {
    long seed = 20261120L;
    Random random = new Random(seed);
    byte[] right = wire().status("r", "id", FactKind.RECEIPT_FAILED, NOW).body();
    for (int round = 0; round < 20_000; round++) {
      byte[] body = mutated(right, random);
      CallbackAnswer answer = receive(wire().signed(body, NOW));
      assertThat(answer)
          .as("seed %s round %s: %s", seed, round, new String(body, StandardCharsets.UTF_8))
          .isInstanceOf(CallbackAnswer.Received.class);
    }
  }

  @Test
  void aHandshakeIsAnsweredOnlyWithTheRightToken() {
    ProviderWire.Handshake handshake = wire().handshake();
    if (handshake == null) {
      return;
    }
    assertThat(receive(handshake.right())).isEqualTo(handshake.answer());
    assertThat(receive(handshake.wrong())).isEqualTo(new CallbackAnswer.Rejected(403, "badToken"));
  }

  @Test
  void otherMethodsAreRejected() {
    for (String method : List.of("PUT", "DELETE", "get", "")) {
      CallbackRequest request = new CallbackRequest(method, "", Map.of(), new byte[0], NOW);
      assertThat(receive(request)).isEqualTo(new CallbackAnswer.Rejected(405, "badMethod"));
    }
  }

  @Test
  void whatIsUnsignedForCertainIsRejectedUnread() {
    CallbackRequest right = wire().status("r", "id", FactKind.VIEWED, NOW);

    assertThat(rejectUnread(right)).isEmpty();
    assertThat(rejectUnread(wire().unsigned(right)))
        .contains(new CallbackAnswer.Rejected(401, "unsigned"));
  }

  /** What is rejected without its body would have been rejected alike with it. */
  private CallbackAnswer receive(CallbackRequest request) {
    CallbackAnswer answer = provider().receive(connection(), request);
    rejectUnread(request).ifPresent(unread -> assertThat(answer).isEqualTo(unread));
    return answer;
  }

  private Optional<CallbackAnswer.Rejected> rejectUnread(CallbackRequest request) {
    return provider()
        .rejectUnread(connection(), request.withBody(new byte[0], request.receivedAt()));
  }

  private static Item.Status onlyStatus(CallbackAnswer answer) {
    assertThat(answer).isInstanceOf(CallbackAnswer.Received.class);
    CallbackAnswer.Received received = (CallbackAnswer.Received) answer;
    assertThat(received.notUnderstood()).isZero();
    List<Item.Status> statuses =
        received.items().stream()
            .filter(Item.Status.class::isInstance)
            .map(Item.Status.class::cast)
            .toList();
    assertThat(statuses).hasSize(1);
    return statuses.getFirst();
  }

  private static CallbackRequest with(CallbackRequest request, byte[] body) {
    return new CallbackRequest(
        request.method(), request.address(), request.headers(), body, request.receivedAt());
  }

  /** The bytes with a few of them changed, cut out, doubled or replaced by what parsers dislike. */
  private static byte[] mutated(byte[] source, Random random) {
    StringBuilder text = new StringBuilder(new String(source, StandardCharsets.ISO_8859_1));
    List<String> unwelcome =
        List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "-1",
            "1e999999",
            "9".repeat(40),
            "true",
            "\\ud800",
            "\u0000",
            "\u00ff",
            "[[[[",
            "{\"a\":",
            "\"\"",
            "0",
            "1.5");
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.delete(at, end);
        case 2 -> text.insert(at, text.substring(at, end));
        default -> text.replace(at, end, unwelcome.get(random.nextInt(unwelcome.size())));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
