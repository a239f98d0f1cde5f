package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.testkit.sending.ScriptedProvider.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may be tried again is, after its pauses and so often; what may have been sent never is. */
@Timeout(60)
class RetryTest {
  @Test
  void anUnknownOutcomeIsNeverTriedAgain() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.address().endsWith("0")
                    ? new SendResult.Unknown("time-out")
                    : accepted(call))) {
      int id = bench.people(100).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 100)).isEqualTo(Map.of("sent", 90, "uncertain", 10));
      assertThat(bench.provider.calls()).hasSize(100);
    }
  }

  @Test
  void whereARepeatIsHarmlessAnUnknownOutcomeIsTriedAgainSoOften() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.address().equals("910000007")
                        || (call.number() < 4 && call.address().endsWith("0"))
                    ? new SendResult.Unknown("time-out")
                    : accepted(call))) {
      bench.provider.declare(Capabilities.builder().repeatable().build());
      int id = bench.people(60).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 60)).isEqualTo(Map.of("sent", 59, "uncertain", 1));
      Map<String, Long> calls =
          bench.provider.calls().stream()
              .collect(Collectors.groupingBy(Call::address, Collectors.counting()));
      assertThat(calls.get("910000007")).isEqualTo(10);
      assertThat(calls.get("910000010")).isEqualTo(4);
      assertThat(calls.get("910000011")).isEqualTo(1);
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void whatTheProviderCallsDeadIsRefusedAndItsAddressKept() throws Exception {
    Instant since = SendingFixture.START.minusSeconds(3600);
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendResult.Failed gone = failed("410", ErrorClass.ADDRESS, Reaction.DEACTIVATE, null);
              return switch (call.address()) {
                case "910000001" -> gone;
                case "910000002" ->
                    new SendResult.Failed(gone.code(), gone.text(), gone.meaning(), null, since);
                default -> accepted(call);
              };
            })) {
      int id = bench.people(5).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 5)).isEqualTo(Map.of("sent", 3, "refused", 2));
      assertThat(bench.facts.entries())
          .filteredOn(Entry.EndpointDead.class::isInstance)
          .containsExactlyInAnyOrder(
              dead("910000001", SendingFixture.START), dead("910000002", since));
    }
  }

  private static Entry dead(String address, Instant at) {
    return new Entry.EndpointDead(
        Channel.WHATSAPP, address, "410", at, ScriptedProvider.CONNECTION);
  }

  @Test
  void aReturnedMessageIsTriedAgainAfterGrowingPauses() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.number() < 4
                    ? failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null)
                    : accepted(call))) {
      int id = bench.people(1).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      List<Instant> at = bench.provider.calls().stream().map(Call::at).toList();
      assertThat(at).hasSize(4);
      assertThat(Duration.between(at.get(0), at.get(1))).isGreaterThanOrEqualTo(seconds(1));
      assertThat(Duration.between(at.get(1), at.get(2))).isBetween(seconds(2), seconds(4));
      assertThat(Duration.between(at.get(2), at.get(3))).isBetween(seconds(4), seconds(6));
      assertThat(bench.facts.facts(id, 0).stream().map(fact -> fact.kind() + ":" + fact.detail()))
          .containsExactly(
              "ATTEMPTED:1",
              "RETURNED:1",
              "ATTEMPTED:2",
              "RETURNED:2",
              "ATTEMPTED:3",
              "RETURNED:3",
              "ATTEMPTED:4",
              "ACCEPTED:null");
    }
  }

  @Test
  void onePersonsLimitWaitsInPowersOfFourAndNoOneElseDoes() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.address().equals("910000007") && call.number() <= 3
                    ? failed("131056", ErrorClass.RATE, Reaction.RETRY_SLOWLY, null)
                    : accepted(call))) {
      int id = bench.people(120).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      List<Instant> at =
          bench.provider.calls().stream()
              .filter(call -> call.address().equals("910000007"))
              .map(Call::at)
              .toList();
      assertThat(Duration.between(at.get(0), at.get(1))).isBetween(seconds(4), seconds(6));
      assertThat(Duration.between(at.get(1), at.get(2))).isBetween(seconds(16), seconds(21));
      assertThat(Duration.between(at.get(2), at.get(3))).isBetween(seconds(64), seconds(81));
      assertThat(bench.fates(id, 120)).isEqualTo(Map.of("sent", 120));
      assertThat(bench.provider.calls().stream().filter(call -> call.number() == 1))
          .allSatisfy(call -> assertThat(call.at()).isBefore(at.get(1).plusSeconds(1)));
    }
  }

  @Test
  void aThrottleSlowsTheWholeConnectionDown() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.number() == 1 && call.address().compareTo("910000010") < 0
                    ? failed("130429", ErrorClass.RATE, Reaction.RETRY, seconds(30))
                    : accepted(call))) {
      int id = bench.people(60).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 60)).isEqualTo(Map.of("sent", 60));
      assertThat(bench.provider.calls().getLast().at())
          .isAfterOrEqualTo(SendingFixture.START.plusSeconds(30));
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void afterTheLastTryItIsRefused() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6, _ -> failed("131016", ErrorClass.TEMPORARY, Reaction.RETRY, null))) {
      int id = bench.people(3).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.fates(id, 3)).isEqualTo(Map.of("refused", 3));
      assertThat(bench.provider.calls()).hasSize(30);
      Fact refused = bench.facts.facts(id, 0).getLast();
      assertThat(refused.detail()).isEqualTo("131016");
      assertThat(refused.text()).isEqualTo("text of 131016");
    }
  }

  @Test
  void retryOnceMeansTwoTries() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6, _ -> failed("1", ErrorClass.TEMPORARY, Reaction.RETRY_ONCE, null))) {
      int id = bench.people(2).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.provider.calls()).hasSize(4);
      assertThat(bench.fates(id, 2)).isEqualTo(Map.of("refused", 2));
    }
  }

  @Test
  void aCallbackThatProvesTheSendStopsTheRetry() throws Exception {
    SendingFixture[] holder = new SendingFixture[1];
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              SendingFixture own = holder[0];
              MessageRef message = own.references.read(call.reference()).orElseThrow();
              Instant now = own.time.instant();
              own.facts.append(
                  List.of(
                      new Entry.OfFact(
                          Fact.witnessed(message, FactKind.RECEIPT_DELIVERED, null, now))));
              return failed("131000", ErrorClass.TEMPORARY, Reaction.RETRY, null);
            })) {
      holder[0] = bench.people(5);
      int id = bench.node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);

      assertThat(bench.provider.calls()).hasSize(5);
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
