package dev.carillon.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every provider that calls back must do: believe only what is proven, name the message,
 * survive any bytes. What it declares of itself decides what is asked of it.
 */
public abstract class CallbackContract {
  private static final Instant NOW = Instant.parse("2026-11-20T10:15:30Z");
  private static final Set<FactKind> OF_STATUSES =
      EnumSet.of(
          FactKind.RECEIPT_SENT,
          FactKind.RECEIPT_DELIVERED,
          FactKind.RECEIPT_FAILED,
          FactKind.VIEWED,
          FactKind.CLICKED);

  protected abstract Provider provider();

  protected abstract Connection connection();

  protected abstract ProviderWire wire();

  @Test
  void aStatusNamesItsMessageByReferenceAndByTheProvidersId() {
    String reference = capabilities().echoesReference() ? "our-reference" : null;
    for (FactKind kind : statuses()) {
      CallbackAnswer answer = receive(wire().status(reference, "their-id", kind, NOW));

      Item.Status status = onlyStatus(answer);
      assertThat(status.reference()).isEqualTo(reference);
      assertThat(status.providerMessageId()).isEqualTo("their-id");
      assertThat(status.kind()).isEqualTo(kind);
      assertThat(status.at()).isBeforeOrEqualTo(NOW);
      switch (kind) {
        case RECEIPT_FAILED -> assertThat(status.detail()).isNotNull();
        case CLICKED -> assertThat(status.detail()).containsOnlyDigits();
        case VIEWED -> {
          // The route, where it is known.
        }
        default -> assertThat(status.detail()).isNull();
      }
    }
  }

  @Test
  void aStatusWithoutAReferenceStillHasTheProvidersId() {
    Item.Status status =
        onlyStatus(receive(wire().status(null, "their-id", statuses().getFirst(), NOW)));

    assertThat(status.reference()).isNull();
    assertThat(status.providerMessageId()).isEqualTo("their-id");
  }

  @Test
  void theSameCallbackTwiceReadsTheSame() {
    CallbackRequest callback = anyStatus();

    assertThat(receive(callback)).isEqualTo(receive(callback));
  }

  @Test
  void onlySignedCallbacksAreBelieved() {
    CallbackRequest right = anyStatus();

    assertThat(receive(wire().unsigned(right))).isEqualTo(wire().rejectsUnsigned());
    List<CallbackRequest> forged = wire().forged(right);
    for (int i = 0; i < forged.size(); i++) {
      assertThat(receive(forged.get(i)))
          .as("change " + i)
          .isEqualTo(new CallbackAnswer.Rejected(401, "badSignature"));
    }
  }

  @Test
  void whatIsAuthenticButNotUnderstoodIsCounted() {
    for (String body : List.of("", "{", "[]", "null", "42", "\"text\"", "\u0000\u0001", "{}")) {
      CallbackAnswer answer =
          receive(wire().signed(body.getBytes(StandardCharsets.ISO_8859_1), NOW));

      assertThat(answer).as(body).isInstanceOf(CallbackAnswer.Received.class);
      CallbackAnswer.Received received = (CallbackAnswer.Received) answer;
      assertThat(received.items()).as(body).isEmpty();
      assertThat(received.notUnderstood()).as(body).isEqualTo(1);
      assertThat(received.reply().status()).as(body).isBetween(200, 299);
    }
  }

  @Test
  void noBytesMakeItFail() {
    long seed = 20261120L;
    Random random = new Random(seed);
    byte[] right = anyStatus().body();
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
  void whatIsUnsignedForCertainIsRejectedUnread() {
    CallbackRequest right = anyStatus();

    assertThat(rejectUnread(right)).isEmpty();
    assertThat(rejectUnread(wire().unsigned(right))).contains(wire().rejectsUnsigned());
  }

  private Capabilities capabilities() {
    return provider().capabilities();
  }

  private List<FactKind> statuses() {
    return OF_STATUSES.stream().filter(capabilities().reports()::contains).toList();
  }

  /** A failure where there are any, since that says most. */
  private CallbackRequest anyStatus() {
    FactKind kind =
        statuses().contains(FactKind.RECEIPT_FAILED)
            ? FactKind.RECEIPT_FAILED
            : statuses().getFirst();
    return wire().status(capabilities().echoesReference() ? "r" : null, "id", kind, NOW);
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
