package dev.carillon.testkit.sending;

import static dev.carillon.testkit.sending.ScriptedProvider.accepted;
import static dev.carillon.testkit.sending.ScriptedProvider.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.EntryJournal;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A defect, ours or in what a provider says, pauses one campaign and holds up no other. */
@Timeout(60)
class DefectTest {

  /** A wait that no clock can add up, once for one message. */
  private static final Duration NEGATIVE_WITHOUT_END = Duration.ofSeconds(Long.MIN_VALUE);

  @Test
  void anAnswerThatCannotBeHandledPausesTheCampaignAndBlocksNothing() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call ->
                call.address().endsWith("7")
                    ? failed("80007", ErrorClass.RATE, Reaction.RETRY, NEGATIVE_WITHOUT_END)
                    : accepted(call))) {
      SendingFixture.Node node = bench.people(8).node();
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.campaign(id).statusReason())
          .isEqualTo(
              "Sending broke because of a defect (DateTimeException). The server's log says"
                  + " more. Report it; resume to try again.");
      assertThat(bench.fates(id, 8)).as("what is certain is kept").doesNotContainKey("uncertain");
      assertThat(bench.provider.violations()).isEmpty();
    }
  }

  @Test
  void aResultThatCanNeverBeKeptIsGivenUpAndHoldsUpNoOther() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(100)) {
      Predicate<Entry> poison =
          entry ->
              entry instanceof Entry.OfFact(Fact fact)
                  && fact.kind() == FactKind.ACCEPTED
                  && fact.campaign() == 1
                  && fact.seq() == 17;
      SendingFixture.Node node = bench.node(bench.store, refusing(bench, poison), bench.provider);
      int broken = node.launch(0);
      bench.awaitStatus(broken, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(broken).isEqualTo(1);
      assertThat(bench.campaign(broken).statusReason())
          .startsWith("The answer to a call could not be kept because of a defect");
      assertThat(node.dispatcher.lostResults()).isEqualTo(1);
      assertThat(bench.fates(broken, 100)).containsEntry("uncertain", 1);

      int other = node.launch(0);
      bench.awaitStatus(other, CampaignStatus.COMPLETED);
      assertThat(bench.fates(other, 100)).isEqualTo(Map.of("sent", 100));
      node.campaigns.resume(broken);
      bench.awaitStatus(broken, CampaignStatus.COMPLETED);
      assertThat(bench.fates(broken, 100)).isEqualTo(Map.of("sent", 99, "uncertain", 1));
      assertThat(bench.provider.violations()).isEmpty();
      assertThat(bench.health.problems()).isEmpty();
    }
  }

  @Test
  void intentsThatCanNeverBeKeptPauseTheCampaignAndNoCallIsMade() throws Exception {
    try (SendingFixture bench = new SendingFixture(1e6, ScriptedProvider::accepted).people(20)) {
      Predicate<Entry> intents =
          entry -> entry instanceof Entry.OfFact(Fact fact) && fact.kind() == FactKind.ATTEMPTED;
      SendingFixture.Node node = bench.node(bench.store, refusing(bench, intents), bench.provider);
      int id = node.launch(0);
      bench.awaitStatus(id, CampaignStatus.PAUSED);
      SendingFixture.await(node.dispatcher::idle);

      assertThat(bench.campaign(id).statusReason()).startsWith("Sending broke because of a defect");
      assertThat(bench.fates(id, 20)).isEqualTo(Map.of("pending", 20));
      assertThat(bench.provider.calls()).isEmpty();
    }
  }

  @Test
  void anErrorWhileACallIsMadeIsAnUnknownOutcome() throws Exception {
    try (SendingFixture bench =
        new SendingFixture(
            1e6,
            call -> {
              if (call.address().endsWith("3")) {
                throw new StackOverflowError();
              }
              return accepted(call);
            })) {
      int id = bench.people(10).node().launch(0);
      bench.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(bench.fates(id, 10)).isEqualTo(Map.of("sent", 9, "uncertain", 1));
    }
  }

  /** The real journal, but for entries that it can never take. */
  private static EntryJournal refusing(SendingFixture bench, Predicate<Entry> poison) {
    return (List<Entry> entries) -> {
      if (entries.stream().anyMatch(poison)) {
        throw new IllegalArgumentException("it cannot be encoded");
      }
      bench.facts.append(entries);
    };
  }
}
