package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.callback.Callbacks;
import dev.carillon.engine.callback.ConnectionHealth;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Elsewhere;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Item.Incoming;
import dev.carillon.engine.provider.CallbackAnswer.Received;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.reference.References;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallbackFlowTest {
  private static final Instant NOW = SendingFixture.START;
  private static final Incoming.Act WROTE = new Incoming.Wrote();
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private final SendingFixture bench =
      new SendingFixture(1e6, call -> new SendResult.Accepted("w" + call.address(), null))
          .people(50);
  private final CallbackHealth health =
      new CallbackHealth(bench.store, _ -> Unattributed.NONE, bench.time);
  private final Callbacks callbacks =
      new Callbacks(bench.facts, List::of, bench.references, bench.store, health, bench.time);
  private int campaign;

  @BeforeEach
  void send() throws Exception {
    bench.facts.onApplied(health::onApplied);
    campaign = bench.node().launch(0);
    bench.awaitStatus(campaign, CampaignStatus.COMPLETED);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private CallbackReply receive(Item... items) {
    return receive(new Received(List.of(items), 0));
  }

  private CallbackReply receive(CallbackAnswer answer) {
    bench.provider.understand(answer);
    return callbacks.receive(connected(), new CallbackRequest("POST", "", Map.of(), BODY, NOW));
  }

  private Connected connected() {
    return bench.provider.connection(ScriptedProvider.CONNECTION).orElseThrow();
  }

  private static Item status(@Nullable String reference, @Nullable String id, FactKind kind) {
    return new Item.Status(reference, id, kind, null, null, null, NOW.minusSeconds(5));
  }

  @Test
  void whatTheProviderWantsToHearIsAnsweredOnceAllIsKept() {
    CallbackReply twiml = new CallbackReply(200, "text/xml", "<Response/>");

    assertThat(receive(new Received(List.of(), 0, List.of(), twiml))).isEqualTo(twiml);
    assertThat(receive(new Received(List.of(), 0, List.of(), CallbackReply.empty(204))))
        .isEqualTo(CallbackReply.empty(204));
  }

  @Test
  void aCallbackInTheQueryIsKeptWithoutItsToken() {
    bench.provider.understand(new Received(List.of(), 0));
    callbacks.receive(
        connected(),
        new CallbackRequest(
            "GET",
            "https://carillon.example/hooks/1?id=7&token=secret&%74oken=secret&status=sent",
            Map.of(),
            new byte[0],
            NOW));

    assertThat(bench.facts.entries())
        .filteredOn(Entry.RawCallback.class::isInstance)
        .extracting(raw -> new String(((Entry.RawCallback) raw).body(), StandardCharsets.UTF_8))
        .containsExactly("id=7&status=sent");
  }

  @Test
  void onlyMethodsThatTheProviderDeclaresAreTaken() {
    for (String method : List.of("PUT", "HEAD", "DELETE", "get")) {
      CallbackRequest head = new CallbackRequest(method, "", Map.of(), new byte[0], NOW);
      assertThat(callbacks.refuseUnread(connected(), head)).contains(CallbackReply.empty(405));
    }
    bench.provider.declare(Capabilities.builder().callbackMethods("PUT").build());
    CallbackRequest put = new CallbackRequest("PUT", "", Map.of(), new byte[0], NOW);
    assertThat(callbacks.refuseUnread(connected(), put)).isEmpty();
    assertThat(health.health(connected()).rejected()).containsEntry("badMethod", 4L);
  }

  @Test
  void aClickAndAViewKeepWhatTheProviderTellsOfThem() {
    MessageRef message = new MessageRef(campaign, 3);
    String reference = bench.references.of(message);
    receive(
        new Item.Status(reference, "w3", FactKind.CLICKED, "2", "click.1", null, NOW),
        new Item.Status(reference, "w3", FactKind.VIEWED, "amplified", null, null, NOW),
        new Item.Status(null, "w4", FactKind.CLICKED, "1", "click.2", null, NOW),
        new Item.Dead("910000003", "30005", NOW.plusSeconds(60)));

    assertThat(bench.facts.facts(campaign, 3))
        .extracting(fact -> fact.kind() + " " + fact.detail() + " " + fact.event())
        .containsSubsequence("CLICKED 2 click.1", "VIEWED amplified null");
    assertThat(bench.facts.entries())
        .filteredOn(Entry.UnmatchedStatus.class::isInstance)
        .singleElement()
        .extracting(one -> ((Entry.UnmatchedStatus) one).event())
        .isEqualTo("click.2");
    assertThat(bench.facts.entries())
        .contains(
            new Entry.EndpointDead(
                Channel.WHATSAPP, "910000003", "30005", NOW, ScriptedProvider.CONNECTION));
  }

  @Test
  void aStatusWithOurReferenceBecomesAFactThatNamesItsRawCallback() {
    MessageRef message = new MessageRef(campaign, 3);
    CallbackReply reply =
        receive(
            new Item.Status(
                bench.references.of(message),
                "w3",
                FactKind.RECEIPT_FAILED,
                "131026",
                null,
                "Undeliverable",
                NOW.plusSeconds(60)));

    assertThat(reply.status()).isEqualTo(200);
    Entry.RawCallback raw =
        bench.facts.entries().stream()
            .filter(Entry.RawCallback.class::isInstance)
            .map(Entry.RawCallback.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(raw.body()).isEqualTo(BODY);
    assertThat(bench.facts.facts(campaign, 3).getLast())
        .isEqualTo(
            new Fact(
                campaign,
                3,
                FactKind.RECEIPT_FAILED,
                "131026",
                null,
                NOW,
                NOW,
                "Undeliverable",
                raw.id()));
  }

  @Test
  void aStatusWithoutAReferenceOfOursIsMatchedByTheProvidersId() {
    References strangers =
        new References(List.of("another secret of 16".getBytes(StandardCharsets.UTF_8)));
    receive(
        status(null, "w910000001", FactKind.RECEIPT_DELIVERED),
        status(strangers.of(new MessageRef(campaign, 5)), "w910000002", FactKind.RECEIPT_DELIVERED),
        status(
            bench.references.of(new MessageRef(campaign, 50)),
            "w910000004",
            FactKind.RECEIPT_DELIVERED),
        status(
            bench.references.of(new MessageRef(campaign + 1, 0)),
            null,
            FactKind.RECEIPT_DELIVERED));

    for (int seq : new int[] {1, 2, 4}) {
      assertThat(bench.kinds(campaign, seq)).contains(FactKind.RECEIPT_DELIVERED);
    }
    assertThat(bench.kinds(campaign, 5)).doesNotContain(FactKind.RECEIPT_DELIVERED);
    assertThat(health.health(connected()).unmatched()).isEqualTo(4);
  }

  @Test
  void whatIsHeardOfATestIsKeptRawAndCountsNowhere() {
    List<FactKind> before = bench.kinds(campaign, 5);
    String test = bench.references.ofTest(campaign, 5);
    receive(
        status(test, "w910000005", FactKind.RECEIPT_DELIVERED),
        status(test, "wt", FactKind.VIEWED));

    assertThat(bench.kinds(campaign, 5)).isEqualTo(before);
    assertThat(bench.facts.entries()).noneMatch(Entry.UnmatchedStatus.class::isInstance);
    assertThat(bench.facts.entries()).filteredOn(Entry.RawCallback.class::isInstance).hasSize(1);
    ConnectionHealth now = health.health(connected());
    assertThat(now.unmatched()).isZero();
    assertThat(now.statuses()).isEqualTo(2);
  }

  @Test
  void aReplyInContextOfATestIsKeptAsAnyOther() {
    receive(new Item.Incoming("in9", "910000005", NOW, "w-of-a-test", "text", "STOP", WROTE));
    bench.facts.settle();

    assertThat(bench.facts.entries()).anyMatch(Entry.IncomingMessage.class::isInstance);
    assertThat(bench.facts.entries())
        .contains(
            new Entry.Consent(
                Channel.WHATSAPP, "910000005", false, NOW, ScriptedProvider.CONNECTION));
  }

  @Test
  void aCallbackMayComeBeforeTheSendsOwnAnswer() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (SendingFixture slow =
        new SendingFixture(
                1e6,
                call -> {
                  called.countDown();
                  try {
                    answer.await();
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                  return new SendResult.Accepted("w" + call.address(), null);
                })
            .people(1)) {
      int id = slow.node().launch(0);
      called.await();
      slow.provider.understand(
          new Received(
              List.of(
                  status(
                      slow.references.of(new MessageRef(id, 0)), null, FactKind.RECEIPT_DELIVERED)),
              0));
      new Callbacks(slow.facts, List::of, slow.references, slow.store, health, slow.time)
          .receive(
              slow.provider.connection(ScriptedProvider.CONNECTION).orElseThrow(),
              new CallbackRequest("POST", "", Map.of(), BODY, NOW));
      answer.countDown();
      slow.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(slow.kinds(id, 0))
          .containsExactly(FactKind.ATTEMPTED, FactKind.RECEIPT_DELIVERED, FactKind.ACCEPTED);
    }
  }

  @Test
  void incomingMessagesAndWishesAreKept() {
    receive(
        new Item.Incoming("in1", "91911", NOW, "w910000001", "text", " Stop. ", WROTE),
        new Item.Incoming("in2", "91912", NOW, null, "text", "please stop by tomorrow", WROTE),
        new Item.Incoming("in3", "91913", NOW, null, "image", null, new Incoming.Shared()),
        new Item.Wish("91914", true, NOW));

    assertThat(bench.facts.entries())
        .filteredOn(Entry.IncomingMessage.class::isInstance)
        .extracting(entry -> ((Entry.IncomingMessage) entry).messageId())
        .containsExactly("in1", "in2", "in3");
    assertThat(bench.facts.entries())
        .filteredOn(Entry.Consent.class::isInstance)
        .containsExactly(
            new Entry.Consent(Channel.WHATSAPP, "91911", false, NOW, ScriptedProvider.CONNECTION),
            new Entry.Consent(Channel.WHATSAPP, "91914", true, NOW, ScriptedProvider.CONNECTION));
  }

  @Test
  void ofAnotherNumberOnlyStatusesOfOurOwnMessagesAreKept() {
    int before = bench.facts.entries().size();
    Item stranger = new Incoming("in1", "91911", NOW, null, "text", "Stop", WROTE);
    receive(new Received(List.of(), 0, List.of(new Elsewhere("777", List.of(stranger)))));
    assertThat(bench.facts.entries()).hasSize(before);

    receive(
        new Received(
            List.of(),
            0,
            List.of(
                new Elsewhere(
                    "777",
                    List.of(
                        stranger,
                        status(
                            bench.references.of(new MessageRef(campaign, 7)),
                            "w",
                            FactKind.VIEWED))))));
    assertThat(bench.kinds(campaign, 7)).contains(FactKind.VIEWED);
    assertThat(bench.facts.entries()).noneMatch(Entry.IncomingMessage.class::isInstance);
    assertThat(bench.facts.entries()).noneMatch(Entry.Consent.class::isInstance);
    assertThat(health.health(connected()).otherNumber()).isEqualTo(1);
  }

  @Test
  void whatIsRejectedLeavesNothingAndIsCounted() {
    int before = bench.facts.entries().size();
    assertThat(receive(new CallbackAnswer.Rejected(401, "badSignature")).status()).isEqualTo(401);
    assertThat(receive(new CallbackAnswer.Answered(CallbackReply.text("1158201444"))))
        .isEqualTo(CallbackReply.text("1158201444"));

    assertThat(bench.facts.entries()).hasSize(before);
    ConnectionHealth now = health.health(connected());
    assertThat(now.rejected()).isEqualTo(Map.of("badSignature", 1L));
    assertThat(now.advice()).first().asString().contains("app secret");
  }

  @Test
  void whatCannotBeKeptIsNotAcknowledged() {
    bench.facts.setDown(true);
    assertThatThrownBy(() -> receive(status(null, "w1", FactKind.RECEIPT_SENT)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(health.health(connected()).received()).isZero();
  }

  @Test
  void whatAProviderNeverReportsIsNotMissed() {
    bench.facts.settle();
    bench.time.advance(Duration.ofMinutes(11));
    health.health(connected());
    bench.time.advance(Duration.ofMinutes(11));

    bench.provider.declare(Capabilities.builder().build());
    ConnectionHealth silent = health.health(connected());
    assertThat(silent.outstanding()).isEqualTo(50);
    assertThat(silent.advice()).isEmpty();

    bench.provider.declare(
        Capabilities.builder().callbackMethods("POST").reports(FactKind.REPLIED).build());
    assertThat(health.health(connected()).advice()).isEmpty();
  }

  @Test
  void whereNoReferenceIsEchoedStatusesWithoutOneAreNothingOdd() {
    for (int i = 0; i < 30; i++) {
      receive(status(null, "w9100000" + (10 + i), FactKind.RECEIPT_DELIVERED));
    }
    assertThat(health.health(connected()).advice()).first().asString().contains("name no message");

    bench.provider.declare(
        Capabilities.builder().callbackMethods("POST").reports(FactKind.RECEIPT_DELIVERED).build());
    assertThat(health.health(connected()).advice()).isEmpty();
  }

  @Test
  void missingCallbacksAreNoticedAfterAWhile() {
    bench.facts.settle();
    assertThat(health.health(connected()).advice()).isEmpty();

    bench.time.advance(Duration.ofMinutes(11));
    health.health(connected());
    bench.time.advance(Duration.ofMinutes(11));
    ConnectionHealth silent = health.health(connected());
    assertThat(silent.accepted()).isEqualTo(50);
    assertThat(silent.outstanding()).isEqualTo(50);
    assertThat(silent.advice()).first().asString().contains("has called back about none");

    for (int seq = 0; seq < 50; seq++) {
      receive(status(bench.references.of(new MessageRef(campaign, seq)), null, FactKind.VIEWED));
    }
    receive(new Item.Notice("template_paused", "Low quality"));
    bench.facts.settle();
    ConnectionHealth well = health.health(connected());
    assertThat(well.outstanding()).isZero();
    assertThat(well.advice()).isEmpty();
    assertThat(well.received()).isEqualTo(51);
    assertThat(well.lastCallbackAt()).isEqualTo(NOW);
    assertThat(well.notices()).extracting(ConnectionHealth.News::topic).contains("template_paused");
  }
}
