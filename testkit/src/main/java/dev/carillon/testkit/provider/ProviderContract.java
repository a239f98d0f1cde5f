package dev.carillon.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every provider must do when it sends, run against a server that accepts, refuses, throttles,
 * hangs and breaks off. What the provider declares of itself decides what is asked of it. The one
 * rule behind all cases: a message counts as not taken only when the provider said so or no byte of
 * the request left.
 */
public abstract class ProviderContract {
  protected static final String REFERENCE = "c7-s42.aB3xY";
  protected static final String MESSAGE_ID = "provider-id-1";
  private static final int TIME_LIMIT_SECONDS = 20;
  private static final int AT_ONCE = 32;

  private ScriptedServer server;
  private Provider provider;
  private Provider.Sender sender;

  protected abstract Provider provider();

  /** A connection whose provider is at this address, with this time limit for a call. */
  protected abstract Connection connection(URI address, int timeLimitSeconds);

  protected abstract ProviderWire wire();

  /** A content that needs the property {@code name} and has no default for it. */
  protected abstract MessageContent what();

  /**
   * An address that is valid on the channel.
   *
   * @param server where the provider is, for channels whose addresses say so
   */
  protected abstract String address(URI server);

  @BeforeEach
  void open() {
    server = new ScriptedServer().beside(request -> wire().beside(request));
    provider = provider();
    sender = provider.open(connection(server.address(), TIME_LIMIT_SECONDS));
  }

  @AfterEach
  void close() {
    server.close();
    sender.close();
  }

  @Test
  void anAcceptedMessageHasItsIdAndTheReferenceTravelsOnce() throws Exception {
    server.then(wire().accepts(MESSAGE_ID));

    SendResult result = sender.send(prepared(), REFERENCE);

    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(((SendResult.Accepted) result).providerMessageId()).isEqualTo(MESSAGE_ID);
    assertThat(server.requests()).hasSize(1);
    String understood = wire().understood(server.requests().getFirst());
    assertThat(understood).contains("Ann");
    if (provider.capabilities().echoesReference()) {
      assertThat(understood).containsOnlyOnce(REFERENCE);
    }
  }

  @Test
  void preparingTwiceGivesTheSameAndSendingLeavesItAlone() throws Exception {
    server.then(wire().accepts(MESSAGE_ID));
    Provider.Prepared first = prepared();
    byte[] before = first.body().clone();

    sender.send(first, REFERENCE);

    assertThat(first.body()).isEqualTo(before);
    assertThat(prepared().body()).isEqualTo(before);
  }

  @Test
  void aMissingPropertyIsAPersonalisationFailureWithoutACall() {
    assertThatThrownBy(
            () -> sender.prepare(what(), address(server.address()), "{\"city\":\"Pune\"}"))
        .isInstanceOf(PersonalisationException.class)
        .hasMessageContaining("name")
        .hasMessageNotContaining("Pune");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aRefusalCarriesCodeWordsAndMeaning() throws Exception {
    ProviderWire.Refusal refusal = wire().refusesMessage();
    server.then(refusal.answer());

    SendResult.Failed failed = failed(sender.send(prepared(), REFERENCE));

    assertThat(failed.code()).isEqualTo(refusal.code());
    assertThat(failed.text()).isNotBlank();
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.GIVE_UP);
    assertThat(failed.meaning()).isEqualTo(provider.explain(refusal.code()));
    assertThat(failed.retryAfter()).isNull();
  }

  @Test
  void aThrottleIsTriedAgainWhenTheProviderSays() throws Exception {
    ProviderWire.Refusal refusal = wire().throttles(7);
    server.then(refusal.answer());

    SendResult.Failed failed = failed(sender.send(prepared(), REFERENCE));

    assertThat(failed.code()).isEqualTo(refusal.code());
    assertThat(failed.meaning().errorClass()).isEqualTo(ErrorClass.RATE);
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.RETRY);
    assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void wrongCredentialsPauseTheCampaign() throws Exception {
    ProviderWire.Refusal refusal = wire().refusesCredentials();
    server.otherwise(request -> refusal.answer());

    SendResult.Failed failed = failed(sender.send(prepared(), REFERENCE));

    assertThat(failed.code()).isEqualTo(refusal.code());
    assertThat(failed.meaning().errorClass()).isEqualTo(ErrorClass.CONFIGURATION);
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.PAUSE);
  }

  @Test
  void aDeadAddressIsToBeDeactivated() throws Exception {
    ProviderWire.Refusal refusal = wire().refusesAddress();
    assumeTrue(refusal != null, "the provider never says that an address is dead");
    server.then(refusal.answer());

    SendResult.Failed failed = failed(sender.send(prepared(), REFERENCE));

    assertThat(failed.code()).isEqualTo(refusal.code());
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.DEACTIVATE);
  }

  @Test
  void manyMessagesAreOneCallAndEachHasItsResult() throws Exception {
    int most = provider.capabilities().messagesPerCall();
    assumeTrue(most > 1, "the provider takes one message a call");
    int messages = Math.min(most, 3);
    server.then(wire().acceptsMany(messages));
    List<Provider.Referenced> call = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      call.add(new Provider.Referenced(prepared(), REFERENCE + i));
    }

    assertThat(sender.sendMany(call))
        .hasSize(messages)
        .allSatisfy(result -> assertThat(result).isInstanceOf(SendResult.Accepted.class));
    assertThat(server.requests()).hasSize(1);

    server.then(new Reply.Reset());
    assertThat(sender.sendMany(call))
        .hasSize(messages)
        .allSatisfy(result -> assertThat(result).isInstanceOf(SendResult.Unknown.class));
  }

  @Test
  void aProviderThatIsNotThereHasNotTakenTheMessage() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Provider.Sender away = provider.open(connection(local(port), TIME_LIMIT_SECONDS))) {
      Provider.Prepared message =
          away.prepare(what(), address(server.address()), "{\"name\":\"Ann\"}");
      assertNotReached(away.send(message, REFERENCE));
    }
  }

  @Test
  void anUnknownHostHasNotTakenTheMessage() throws Exception {
    try (Provider.Sender away =
        provider.open(
            connection(URI.create("http://nowhere.invalid.localhost:1"), TIME_LIMIT_SECONDS))) {
      Provider.Prepared message =
          away.prepare(what(), address(server.address()), "{\"name\":\"Ann\"}");
      assertNotReached(away.send(message, REFERENCE));
    }
  }

  @Test
  void aFailedTlsGreetingHasNotTakenTheMessage() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Provider.Sender secure =
            provider.open(
                connection(
                    URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                    TIME_LIMIT_SECONDS))) {
      Thread.ofVirtual().start(() -> closeTheFirst(silent));
      Provider.Prepared message =
          secure.prepare(what(), address(server.address()), "{\"name\":\"Ann\"}");
      assertNotReached(secure.send(message, REFERENCE));
    }
  }

  @Test
  void afterTheRequestHasLeftABrokenConnectionIsUnknownAndNeverRepeated() throws Exception {
    for (Reply reply : List.of(new Reply.Reset(), new Reply.Close())) {
      assertUnknown(sender, reply);
    }
  }

  @Test
  void afterTheTimeLimitItIsUnknown() throws Exception {
    try (Provider.Sender hasty = provider.open(connection(server.address(), 1))) {
      assertUnknown(hasty, new Reply.Hang());
    }
  }

  @Test
  void anAnswerThatSaysNothingIsUnknown() throws Exception {
    List<Reply> replies = new ArrayList<>(wire().saysNothing());
    replies.add(new Reply.Truncate(wire().accepts(MESSAGE_ID)));
    replies.add(new Reply.Endless());
    for (Reply reply : replies) {
      assertUnknown(sender, reply);
    }
  }

  @Test
  void aConnectionThatTheProviderClosedIsNotUsedAgain() throws Exception {
    server.then(new Reply.AnswerAndClose(wire().accepts("first"))).then(wire().accepts("second"));

    assertThat(sender.send(prepared(), REFERENCE)).isInstanceOf(SendResult.Accepted.class);
    assertThat(server.awaitLetGo()).as("the client drops the closed connection").isTrue();

    assertThat(sender.send(prepared(), REFERENCE)).isInstanceOf(SendResult.Accepted.class);
  }

  @Test
  void manyAtOnceEachArriveOnce() throws Exception {
    server.otherwise(request -> wire().accepts("id"));
    int messages = 400;
    Provider.Prepared message = prepared();
    List<Future<SendResult>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < messages; i++) {
        String reference = "reference-" + (1000 + i);
        results.add(threads.submit(() -> sender.send(message, reference)));
      }
    }

    for (Future<SendResult> result : results) {
      assertThat(result.get()).isInstanceOf(SendResult.Accepted.class);
    }
    List<ReceivedRequest> requests = server.requests();
    assertThat(requests).hasSize(messages);
    List<String> understood = requests.stream().map(wire()::understood).toList();
    for (int i = 0; i < messages && provider.capabilities().echoesReference(); i++) {
      String reference = "reference-" + (1000 + i);
      assertThat(understood.stream().filter(text -> text.contains(reference)))
          .as(reference)
          .hasSize(1);
    }
  }

  @Test
  void aThreadThatIsToStopDoesNotSend() throws Exception {
    Provider.Prepared message = prepared();
    Thread.currentThread().interrupt();
    try {
      assertNotReached(sender.send(message, REFERENCE));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aThreadThatIsStoppedWhileItWaitsSaysSoAndStaysStopped() throws Exception {
    Thread waiting = Thread.currentThread();
    server.otherwise(
        request -> {
          waiting.interrupt();
          return new Reply.Endless();
        });
    Provider.Prepared message = prepared();
    SendResult result = sender.send(message, REFERENCE);
    boolean stopped = Thread.interrupted();
    assertThat(result).isInstanceOf(SendResult.Unknown.class);
    assertThat(stopped).isTrue();
  }

  @Test
  void anEmptyConnectionIsMissingExactlyItsRequiredFields() {
    Connection empty = new Connection(1, provider.type(), "empty", Map.of(), Map.of());

    assertThat(provider.check(empty))
        .extracting(Provider.Problem::field)
        .containsExactlyElementsOf(
            provider.fields().stream()
                .filter(Provider.Field::required)
                .map(Provider.Field::name)
                .toList());
    assertThat(provider.check(connection(server.address(), TIME_LIMIT_SECONDS))).isEmpty();
    assertThat(provider.messagesPerSecond(empty)).isPositive();
  }

  @Test
  void anUnknownCodeHasAMeaningToo() {
    for (String code : List.of("", "no such code", "-1", "99999999999999", "\u0000", "1/2/3")) {
      assertThat(provider.explain(code).words()).as(code).isNotBlank();
    }
  }

  private void assertUnknown(Provider.Sender by, Reply reply) throws PersonalisationException {
    int before = server.requests().size();
    server.then(reply);

    assertThat(by.send(prepared(), REFERENCE))
        .as(reply.toString())
        .isInstanceOf(SendResult.Unknown.class);
    assertThat(Thread.currentThread().isInterrupted()).as(reply.toString()).isFalse();
    assertThat(server.requests()).as(reply.toString()).hasSize(before + 1);
  }

  private static void assertNotReached(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Failed.class);
    SendResult.Failed failed = (SendResult.Failed) result;
    assertThat(failed.code()).isEqualTo("connection");
    assertThat(failed.meaning().errorClass()).isEqualTo(ErrorClass.TEMPORARY);
    assertThat(failed.meaning().reaction()).isEqualTo(Reaction.RETRY);
  }

  private static void closeTheFirst(ServerSocket silent) {
    try {
      silent.accept().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Provider.Prepared prepared() throws PersonalisationException {
    return sender.prepare(what(), address(server.address()), "{\"name\":\"Ann\"}");
  }

  private static SendResult.Failed failed(SendResult result) {
    assertThat(result).isInstanceOf(SendResult.Failed.class);
    return (SendResult.Failed) result;
  }

  private static URI local(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
