package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CampaignServiceTest {
  private static final LocalDateTime NOON = LocalDateTime.parse("2026-11-20T12:00");

  private final SendingFixture bench =
      new SendingFixture(1e6, call -> new SendResult.Accepted("w" + call.reference(), null))
          .people(50);
  private final SendingFixture.Node node = bench.node();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aDraftMayBeIncompleteAndLaunchingNamesAllThatIsWrong() {
    Campaign draft =
        node.campaigns.create(
            DefinitionBuilder.named(" ", Channel.SMS)
                .going(new When.At(LocalDateTime.parse("2026-11-20T09:00"), null))
                .saying(
                    new WhatsAppTemplate(
                        99,
                        "",
                        "en",
                        null,
                        List.of(new WhatsAppTemplate.Parameter(null, " ")),
                        List.of()))
                .aiming(new Goal("", List.of(), Duration.ofDays(400), null))
                .definition(),
            "meera");

    assertThatThrownBy(() -> node.campaigns.launch(draft.id()))
        .isInstanceOfSatisfying(
            CampaignException.NotReady.class,
            notReady ->
                assertThat(notReady.problems())
                    .extracting(LaunchProblem::pointer)
                    .containsExactlyInAnyOrder(
                        "/who",
                        "/name",
                        "/when/at",
                        "/what/provider",
                        "/what/template",
                        "/what/template/name",
                        "/what/template/parameters/0",
                        "/goal/event",
                        "/goal/within"));
    assertThat(bench.campaign(draft.id()).status()).isEqualTo(CampaignStatus.DRAFT);
  }

  /** Each plan, and whose clock; what is wrong with it at {@link SendingFixture#START}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'type':'dates','at':['2026-11-21T10:00','2026-11-20T09:54']}|account|/when/at/1 past",
        "{'type':'dates','at':['2026-11-21T10:00','2026-11-20T09:56']}|account|",
        "{'type':'at','at':'2026-11-21T10:00Z'}|user|/when/at offset",
        "{'type':'dates','at':['2026-11-21T10:00+01:00']}|user|/when/at/0 offset",
        "{'type':'recurring','every':'day','at':'09:59','until':'2026-11-20'}|account|/when/until past",
        "{'type':'recurring','every':'day','at':'10:00','until':'2026-11-20'}|user|",
        "{'type':'now'}|user|"
      })
  void aPlanThatCannotBeKeptIsNotLaunched(String when, String zone, @Nullable String problem) {
    String json =
        "{'name':'x','channel':'whatsapp','when':%s,'delivery':{'zone':'%s'}}"
            .formatted(when, zone)
            .replace('\'', '"');
    CampaignDefinition plan = JsonDocument.parse(json).then(DefinitionReader::read).orThrow();
    assertThat(node.campaigns.problems(plan))
        .filteredOn(found -> found.pointer().startsWith("/when"))
        .extracting(found -> found.pointer() + " " + found.code())
        .isEqualTo(problem == null ? List.of() : List.of(problem));
  }

  @Test
  void aScheduledCampaignStartsWhenItsTimeHasCome() throws Exception {
    int id = scheduled();
    assertThat(bench.campaign(id).startsAt()).isEqualTo(NOON.toInstant(ZoneOffset.UTC));

    node.timer.look();
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.SCHEDULED);

    bench.time.set(NOON.toInstant(ZoneOffset.UTC));
    node.timer.look();
    bench.awaitStatus(id, CampaignStatus.COMPLETED);
    assertThat(bench.store.runs(id).getFirst().dueAt()).isEqualTo(NOON.toInstant(ZoneOffset.UTC));
    assertThat(bench.provider.calls()).hasSize(50);
  }

  private int scheduled() {
    Campaign draft = node.campaigns.create(bench.definition(0, new When.At(NOON, null)), "meera");
    Campaign launched = node.campaigns.launch(draft.id());
    assertThat(launched.status()).isEqualTo(CampaignStatus.SCHEDULED);
    return launched.id();
  }

  @Test
  void aScheduledCampaignIsChangedAndStaysScheduled() {
    int id = scheduled();
    Campaign changed =
        node.campaigns.change(
            id,
            bench.campaign(id).version(),
            bench.definition(10, new When.At(NOON.plusHours(1), null)),
            "anil");

    assertThat(changed.status()).isEqualTo(CampaignStatus.SCHEDULED);
    assertThat(changed.startsAt()).isEqualTo(NOON.plusHours(1).toInstant(ZoneOffset.UTC));
    assertThat(changed.definition().controlGroup().percent()).isEqualTo(10);

    assertThatThrownBy(() -> node.campaigns.change(id, 1, bench.definition(20), "anil"))
        .isInstanceOf(StaleVersionException.class);
    assertThatThrownBy(
            () -> node.campaigns.change(id, changed.version(), bench.definition(20, null), "anil"))
        .isInstanceOf(CampaignException.NotReady.class);
    assertThat(bench.campaign(id)).isEqualTo(changed);
  }

  @Test
  void aScheduledCampaignIsTakenBackOrStopped() {
    int one = scheduled();
    assertThat(node.campaigns.unschedule(one).status()).isEqualTo(CampaignStatus.DRAFT);
    node.campaigns.delete(one);
    assertThatThrownBy(() -> node.campaigns.find(one))
        .isInstanceOf(CampaignException.Unknown.class);

    int two = scheduled();
    assertThat(node.campaigns.stop(two).endedAt()).isEqualTo(SendingFixture.START);
    bench.time.set(NOON.toInstant(ZoneOffset.UTC));
    node.timer.look();
    assertThat(bench.campaign(two).status()).isEqualTo(CampaignStatus.STOPPED);
  }

  @Test
  void onlyWhatTheLauncherSawIsLaunched() {
    Campaign seen = node.campaigns.create(bench.definition(0, new When.At(NOON, null)), "meera");
    Campaign now =
        node.campaigns.change(
            seen.id(), seen.version(), bench.definition(10, new When.At(NOON, null)), "anil");

    assertThatThrownBy(() -> node.campaigns.launch(seen.id(), seen.version()))
        .isInstanceOf(StaleVersionException.class);
    assertThat(bench.campaign(seen.id())).isEqualTo(now);
    assertThat(node.campaigns.launch(seen.id(), now.version()).status())
        .isEqualTo(CampaignStatus.SCHEDULED);
  }

  @Test
  void whatAStatusForbidsChangesNothing() throws Exception {
    int id = node.launch(0);
    bench.awaitStatus(id, CampaignStatus.COMPLETED);

    assertThatThrownBy(() -> node.campaigns.launch(id))
        .isInstanceOf(CampaignException.WrongStatus.class)
        .hasMessage("A campaign that is completed cannot be launched.");
    assertThatThrownBy(() -> node.campaigns.pause(id, null))
        .isInstanceOf(CampaignException.WrongStatus.class);
    assertThatThrownBy(() -> node.campaigns.delete(id))
        .isInstanceOf(CampaignException.WrongStatus.class);
    assertThatThrownBy(
            () ->
                node.campaigns.change(
                    id, bench.campaign(id).version(), bench.definition(10), "anil"))
        .isInstanceOf(CampaignException.WrongStatus.class);
    assertThat(bench.campaign(id).status()).isEqualTo(CampaignStatus.COMPLETED);
  }

  @Test
  void whatHasEndedKeepsAllButItsNameAndLabels() throws Exception {
    int id = node.launch(0);
    bench.awaitStatus(id, CampaignStatus.COMPLETED);
    Campaign before = bench.campaign(id);

    Campaign named =
        node.campaigns.change(
            id, before.version(), before.definition().named("Spring", List.of("festive")), "anil");
    assertThat(named.definition().name()).isEqualTo("Spring");
    assertThat(named.status()).isEqualTo(CampaignStatus.COMPLETED);
    assertThat(node.campaigns.revisions(id, before.version()).getLast().by()).isEqualTo("anil");
  }

  @Test
  void theFutureOfARecurringCampaignIsChanged() throws Exception {
    When daily = new When.Recurring(new Recurrence.Daily(), NOON.toLocalTime(), null, null, null);
    int id =
        node.campaigns.launch(node.campaigns.create(bench.definition(0, daily), "me").id()).id();
    bench.time.set(NOON.toInstant(ZoneOffset.UTC));
    node.timer.look();
    bench.awaitStatus(id, CampaignStatus.AWAITING_NEXT_RUN);
    Campaign before = bench.campaign(id);

    When later =
        new When.Recurring(
            new Recurrence.Daily(), NOON.toLocalTime().plusHours(3), null, null, null);
    Campaign changed =
        node.campaigns.change(id, before.version(), bench.definition(20, later), "anil");
    assertThat(changed.status()).isEqualTo(CampaignStatus.AWAITING_NEXT_RUN);
    assertThat(changed.startsAt()).isEqualTo(NOON.plusHours(3).toInstant(ZoneOffset.UTC));
    assertThat(changed.definition().controlGroup().percent()).isEqualTo(20);

    assertThatThrownBy(
            () ->
                node.campaigns.change(
                    id, changed.version(), bench.definition(20, new When.Now()), "anil"))
        .isInstanceOf(CampaignException.NotReady.class);
    bench.time.set(NOON.plusHours(3).toInstant(ZoneOffset.UTC));
    node.timer.look();
    bench.awaitStatus(id, CampaignStatus.AWAITING_NEXT_RUN);
    assertThat(bench.store.runs(id)).hasSize(2);
  }

  @Test
  void onlyWhatSendsNothingIsArchived() {
    int id = scheduled();
    assertThatThrownBy(() -> node.campaigns.archive(id))
        .isInstanceOf(CampaignException.WrongStatus.class);
    node.campaigns.unschedule(id);
    assertThat(node.campaigns.archive(id).archivedAt()).isEqualTo(SendingFixture.START);
    assertThat(node.campaigns.unarchive(id).archivedAt()).isNull();
  }

  @Test
  void aCopyIsASeparateDraft() {
    int id = scheduled();
    Campaign copy = node.campaigns.copy(id, "anil");

    assertThat(copy.id()).isNotEqualTo(id);
    assertThat(copy.status()).isEqualTo(CampaignStatus.DRAFT);
    assertThat(copy.createdBy()).isEqualTo("anil");
    assertThat(copy.definition().name()).isEqualTo("Sale (copy)");
    assertThat(copy.definition().when()).isEqualTo(new When.At(NOON, null));
  }

  @Test
  void aCampaignWithoutAnAudienceCompletesAtOnce() throws Exception {
    try (SendingFixture empty =
        new SendingFixture(1e6, call -> new SendResult.Accepted(call.reference(), null))) {
      int id = empty.node().launch(0);
      empty.awaitStatus(id, CampaignStatus.COMPLETED);
      assertThat(empty.store.runs(id).getFirst().messages()).isZero();
    }
  }

  @Test
  void aCampaignStoppedBetweenItsPlanAndItsChunksIsSweptByTheNextProcess() throws Exception {
    Campaign draft = node.campaigns.create(bench.definition(20), "meera");
    int id = draft.id();
    bench.store.moveCampaign(
        id,
        Set.of(CampaignStatus.DRAFT),
        CampaignStatus.RUNNING,
        null,
        SendingFixture.START,
        SendingFixture.START);
    bench.store.createRun(id, 1, SendingFixture.START);
    bench.facts.plan(
        PlanOrderBuilder.of(id, 1, new Evaluation(SendingFixture.START, ZoneOffset.UTC))
            .holdingOut(20)
            .order());
    bench.store.moveCampaign(
        id,
        Set.of(CampaignStatus.RUNNING),
        CampaignStatus.STOPPED,
        null,
        null,
        SendingFixture.START);

    bench.node().timer.start();
    SendingFixture.await(() -> bench.store.runs(id).getFirst().finishedAt() != null);
    assertThat(bench.fates(id, 50)).isEqualTo(Map.of("suppressed stopped", 50));
    assertThat(bench.provider.calls()).isEmpty();
  }
}
