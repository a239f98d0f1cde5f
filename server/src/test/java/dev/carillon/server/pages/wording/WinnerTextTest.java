package dev.carillon.server.pages.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.testkit.sending.DefinitionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of tests of variants at each of their stages. */
class WinnerTextTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant DECISION = START.plus(Duration.ofHours(2));

  @Test
  void aTestThatGoesOnSaysWhatItWaitsFor() {
    assertThat(words(CampaignStatus.RUNNING, START, null).standing())
        .isEqualTo("Decided by views from 20 Nov 2026, 12:00 UTC on; until then the rest waits");
    assertThat(words(CampaignStatus.RUNNING, DECISION, null).standing()).isEqualTo("Being decided");
    assertThat(words(CampaignStatus.PAUSED, DECISION, null).standing())
        .isEqualTo("Decided as soon as the campaign is resumed");
  }

  @Test
  void aTestThatWasNeverDecidedSaysWhy() {
    assertThat(words(CampaignStatus.STOPPED, DECISION, null).standing())
        .isEqualTo("Nothing was decided: the campaign was stopped before");
    assertThat(words(CampaignStatus.COMPLETED, DECISION, null).standing())
        .isEqualTo("Nothing was decided: no one was left waiting for it");
  }

  @Test
  void aDecisionSaysWhatTheRestGets() {
    WinnerText won = words(CampaignStatus.RUNNING, DECISION, true);
    assertThat(won.standing()).isEqualTo("Offer won, and the rest gets it");
    assertThat(won.mark("1")).isEqualTo("Winner");
    assertThat(won.mark("0")).isNull();
    assertThat(won.won("1")).isTrue();

    WinnerText none = words(CampaignStatus.COMPLETED, DECISION, false);
    assertThat(none.standing()).isEqualTo("No winner; the rest got Offer, as was chosen");
    assertThat(none.mark("1")).isEqualTo("Went on");
    assertThat(none.won("1")).isFalse();
  }

  @Test
  void ofSeveralRunsTheLatestIsShownAndEachIsCounted() {
    List<VariantDecision> decisions = List.of(decision(1, 0, true), decision(2, 1, true));
    WinnerText all = words(CampaignStatus.AWAITING_NEXT_RUN, 2, decisions, null);
    assertThat(all.standing()).isEqualTo("Run 2: Offer won, and the rest got it");
    assertThat(all.decided()).extracting(WinnerText.Decided::run).containsExactly(2, 1);
    assertThat(all.mark("1")).isEqualTo("Winner in 1 of 2");

    WinnerText first = words(CampaignStatus.AWAITING_NEXT_RUN, 2, decisions, 1);
    assertThat(first.mark("0")).isEqualTo("Winner");
    assertThat(first.mark("1")).isNull();
  }

  @Test
  void withoutATestNothingIsSaid() {
    Campaign campaign = campaign(null, CampaignStatus.RUNNING);
    assertThat(WinnerText.of(campaign, runs(1, false), List.of(), null, format(START)).standing())
        .isNull();
  }

  private static WinnerText words(CampaignStatus status, Instant now, @Nullable Boolean won) {
    return WinnerText.of(
        campaign(test(), status),
        runs(1, status == CampaignStatus.COMPLETED),
        won == null ? List.of() : List.of(decision(1, 1, won)),
        null,
        format(now));
  }

  private static WinnerText words(
      CampaignStatus status, int runs, List<VariantDecision> decisions, @Nullable Integer only) {
    return WinnerText.of(
        campaign(test(), status), runs(runs, true), decisions, only, format(DECISION));
  }

  private static WinnerTest test() {
    return new WinnerTest(
        new WinnerTest.Percent(40), WinnerTest.Metric.VIEWS, Duration.ofHours(2), 1);
  }

  private static VariantDecision decision(int run, int variant, boolean won) {
    return new VariantDecision(7, run, variant, won, DECISION, "It was so.");
  }

  private static List<Run> runs(int count, boolean finished) {
    return List.of(1, 2).subList(0, count).stream()
        .map(
            number ->
                new Run(
                    7,
                    number,
                    START,
                    0,
                    new Run.Planned(START, 0, 9, finished ? START : null),
                    null))
        .toList();
  }

  private static DisplayFormat format(Instant now) {
    return new DisplayFormat(Locale.UK, ZoneId.of("UTC"), now);
  }

  private static Campaign campaign(@Nullable WinnerTest test, CampaignStatus status) {
    WhatsAppTemplate message = new WhatsAppTemplate(1, "sale", "en", null, List.of(), List.of());
    Variants variants =
        new Variants(
            List.of(
                new Variants.Variant("Greeting", test == null ? 50 : 0, message),
                new Variants.Variant("Offer", test == null ? 50 : 0, message)),
            test);
    return new Campaign(
        7,
        1,
        DefinitionBuilder.named("Sale").saying(variants).definition(),
        status,
        null,
        START,
        "me",
        START,
        null);
  }
}
