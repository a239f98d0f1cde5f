package dev.carillon.testkit.sending;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.campaign.TestMessage;
import dev.carillon.engine.campaign.TestResult;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TestSendTest {
  private static final SendResult.Failed TOO_MUCH =
      ScriptedProvider.failed("130429", ErrorClass.RATE, Reaction.RETRY, Duration.ofMinutes(5));

  private final SendingFixture bench = new SendingFixture(1e6, TestSendTest::answer).people(3);
  private final SendingFixture.Node node = bench.node();
  private final TestSend tests =
      new TestSend(
          node.campaigns,
          bench.facts,
          bench.provider,
          node.dispatcher,
          bench.references,
          Account.in(ZoneId.of("UTC")));

  private static SendResult answer(ScriptedProvider.Call call) {
    return switch (call.address()) {
      case "910000777" ->
          ScriptedProvider.failed("131026", ErrorClass.ADDRESS, Reaction.GIVE_UP, null);
      case "910000888" -> new SendResult.Unknown("no answer");
      case "910000999" -> TOO_MUCH;
      default -> new SendResult.Accepted("w" + call.address(), null);
    };
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private int draft() {
    return node.campaigns.create(bench.definition(50), "meera").id();
  }

  @Test
  void eachPersonGetsWhatTheirStateAllowsAndItsWords() throws Exception {
    bench.facts.addPerson(Identity.user("refused"), "910000777", "{}");
    bench.facts.addPerson(Identity.user("silent"), "910000888", "{}");
    bench.facts.addPerson(Identity.user("no phone"), "", "{}");
    bench.facts.addPerson(Identity.user("bad phone"), "12ab", "{}");
    bench.facts.addPerson(Identity.user("left"), "910000666", "{}");
    bench.facts.addPerson(Identity.user("unfilled"), "910000555", "{\"broken\":1}");
    bench.facts.addPerson(Identity.anonymous("visitor"), "910000444", "{}");
    bench.facts.append(
        List.of(new Entry.Consent(Channel.WHATSAPP, "910000666", false, SendingFixture.START)));
    int entries = bench.facts.entries().size();

    List<TestResult> results =
        sent(
            draft(),
            List.of(
                "user0",
                "refused",
                "silent",
                "no phone",
                "bad phone",
                "left",
                "unfilled",
                "visitor",
                "nobody"));

    assertThat(results.get(0)).isEqualTo(new TestResult.Sent("user0", "910000000", "w910000000"));
    assertThat(results.get(0).maskedAddress()).isEqualTo("*****0000");
    assertThat(results.get(1))
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo("131026"));
    assertThat(results.get(2))
        .isEqualTo(new TestResult.Uncertain("silent", "910000888", "no answer"));
    assertThat(results.subList(3, 7))
        .containsExactly(
            suppressed("no phone", SuppressionReason.NO_ADDRESS),
            suppressed("bad phone", SuppressionReason.INVALID_ADDRESS),
            new TestResult.Suppressed("left", "910000666", SuppressionReason.UNSUBSCRIBED, null),
            new TestResult.Suppressed(
                "unfilled",
                "910000555",
                SuppressionReason.PERSONALISATION_FAILED,
                "a value is missing"));
    assertThat(results.get(7)).isInstanceOf(TestResult.Sent.class);
    assertThat(results.get(8)).isEqualTo(new TestResult.UnknownPerson("nobody"));
    assertThat(bench.facts.entries()).as("nothing is kept of a test").hasSize(entries);
    assertThat(bench.provider.calls()).hasSize(4);
    assertThat(bench.provider.calls())
        .allSatisfy(call -> assertThat(bench.references.isTest(call.reference())).isTrue());
  }

  @Test
  void eachLineNamesItsVariant() throws Exception {
    bench.facts.addPerson(Identity.user("no phone"), "", "{}");
    CampaignDefinition single = bench.definition(0);
    MessageContent message = requireNonNull(single.what()).messages().getFirst();
    int id =
        node.campaigns
            .create(
                with(
                    single,
                    new Variants(
                        List.of(
                            new Variants.Variant("Short", 50, message),
                            new Variants.Variant("Long", 50, message)),
                        null)),
                "meera")
            .id();

    assertThat(tests.send(id, List.of("user0", "no phone", "nobody")))
        .extracting(line -> line.result().identity() + " " + line.variant())
        .containsExactly(
            "user0 Short",
            "user0 Long",
            "no phone Short",
            "no phone Long",
            "nobody Short",
            "nobody Long");
    assertThat(tests.send(draft(), List.of("user0")))
        .extracting(TestMessage::variant)
        .containsOnlyNulls();
  }

  private List<TestResult> sent(int id, List<String> identities) throws InterruptedException {
    return tests.send(id, identities).stream().map(TestMessage::result).toList();
  }

  private static TestResult suppressed(String identity, SuppressionReason reason) {
    return new TestResult.Suppressed(identity, null, reason, null);
  }

  @Test
  void aTestTouchesNoCampaignWhateverItsStatus() throws Exception {
    int id = node.launch(0);
    bench.awaitStatus(id, CampaignStatus.COMPLETED);
    Campaign before = bench.campaign(id);
    int entries = bench.facts.entries().size();

    assertThat(sent(id, List.of("user1"))).hasOnlyElementsOfType(TestResult.Sent.class);
    assertThat(sent(id, List.of("user1"))).hasOnlyElementsOfType(TestResult.Sent.class);

    assertThat(bench.campaign(id)).isEqualTo(before);
    assertThat(bench.facts.entries()).hasSize(entries);
    assertThat(bench.provider.calls()).hasSize(5);
    assertThat(bench.provider.violations()).isEmpty();
  }

  @Test
  void aConnectionThatWasAskedToSlowDownIsNotWaitedForLong() throws Exception {
    bench.facts.addPerson(Identity.user("much"), "910000999", "{}");
    int id = draft();

    assertThat(sent(id, List.of("much"))).containsExactly(failed("much", "910000999"));
    assertThat(sent(id, List.of("user0")).getFirst())
        .isInstanceOfSatisfying(
            TestResult.Failed.class,
            failed -> assertThat(failed.failure().code()).isEqualTo("busy"));
    assertThat(bench.provider.calls()).hasSize(1);
  }

  private static TestResult failed(String identity, String address) {
    return new TestResult.Failed(identity, address, TOO_MUCH);
  }

  @Test
  void whatIsNotCompleteIsNotSent() {
    CampaignDefinition whole = bench.definition(0);
    Campaign empty = node.campaigns.create(with(whole, null), "meera");
    assertNotReady(empty.id(), "/what");

    Campaign broken =
        node.campaigns.create(
            with(
                whole,
                new What.Single(
                    new WhatsAppTemplate(
                        9,
                        "sale",
                        "en",
                        new WhatsAppTemplate.Header("text", " "),
                        List.of(),
                        List.of(new WhatsAppTemplate.Button(0, "url", ""))))),
            "meera");
    assertNotReady(
        broken.id(),
        "/what/provider",
        "/what/template/header/value",
        "/what/template/buttons/0/value");
    assertThatThrownBy(() -> tests.send(99, List.of("user0")))
        .isInstanceOf(CampaignException.Unknown.class);
    assertThatThrownBy(() -> tests.send(draft(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(bench.provider.calls()).isEmpty();
  }

  private static CampaignDefinition with(CampaignDefinition definition, @Nullable What what) {
    return DefinitionBuilder.like(definition)
        .holdingOut(ControlGroup.NONE)
        .saying(what)
        .definition();
  }

  private void assertNotReady(int id, String... pointers) {
    assertThatThrownBy(() -> tests.send(id, List.of("user0")))
        .isInstanceOfSatisfying(
            CampaignException.NotReady.class,
            notReady ->
                assertThat(notReady.problems())
                    .extracting(LaunchProblem::pointer)
                    .containsExactly(pointers));
  }
}
