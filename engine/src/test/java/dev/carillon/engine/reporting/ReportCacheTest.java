package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.engine.port.facts.Applied;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Numbers in a list are those of the report, or none. */
class ReportCacheTest {
  private static final Tally TALLY =
      new Tally(
          new Counts(Map.of(Measure.PLANNED, 10L, Measure.CONTROL, 1L, Measure.SENT, 9L)),
          List.of());

  private final ReportCache numbers = new ReportCache();

  @Test
  void whatHasNotChangedIsKnown() {
    numbers.keep(campaign(1, 1), 10, TALLY, numbers.mark());

    assertThat(numbers.of(campaign(1, 1), 10)).contains(TALLY);
    assertThat(numbers.of(campaign(1, 2), 10)).as("the campaign was changed").isEmpty();
    assertThat(numbers.of(campaign(1, 1), 11)).as("a run was planned").isEmpty();
    assertThat(numbers.of(campaign(2, 1), 10)).isEmpty();
  }

  @Test
  void aFactMakesThemUnknownAlsoWhileTheyAreCounted() {
    numbers.keep(campaign(1, 1), 10, TALLY, numbers.mark());
    numbers.keep(campaign(2, 1), 10, TALLY, numbers.mark());
    long mark = numbers.mark();
    numbers.applied(new Applied(List.of(fact(1), fact(1)), List.of()));

    assertThat(numbers.of(campaign(1, 1), 10)).isEmpty();
    assertThat(numbers.of(campaign(2, 1), 10)).contains(TALLY);
    numbers.keep(campaign(1, 1), 10, TALLY, mark);
    assertThat(numbers.of(campaign(1, 1), 10)).as("counted before the fact was told").isEmpty();
  }

  @Test
  void ofManyCampaignsThoseNotAskedForLongestAreForgotten() {
    ReportCache few = new ReportCache(2);
    few.keep(campaign(1, 1), 10, TALLY, few.mark());
    few.keep(campaign(2, 1), 10, TALLY, few.mark());
    assertThat(few.of(campaign(1, 1), 10)).contains(TALLY);
    few.keep(campaign(3, 1), 10, TALLY, few.mark());

    assertThat(few.of(campaign(1, 1), 10)).contains(TALLY);
    assertThat(few.of(campaign(2, 1), 10)).isEmpty();
    assertThat(few.of(campaign(3, 1), 10)).contains(TALLY);
  }

  @Test
  void aChangeThatIsForgottenKeepsOlderNumbersOutAllTheSame() {
    ReportCache few = new ReportCache(2);
    long before = few.mark();
    for (int campaign = 1; campaign <= 5; campaign++) {
      few.applied(new Applied(List.of(fact(campaign)), List.of()));
    }
    few.keep(campaign(1, 1), 10, TALLY, before);
    assertThat(few.of(campaign(1, 1), 10)).as("counted before its fact was told").isEmpty();
    few.keep(campaign(1, 1), 10, TALLY, few.mark());
    assertThat(few.of(campaign(1, 1), 10)).contains(TALLY);
    few.keep(campaign(5, 1), 10, TALLY, before);
    assertThat(few.of(campaign(5, 1), 10)).isEmpty();
  }

  private static Fact fact(int campaign) {
    return Fact.witnessed(
        new MessageRef(campaign, 3),
        FactKind.ACCEPTED,
        null,
        Instant.parse("2026-03-02T09:00:00Z"));
  }

  private static Campaign campaign(int id, int version) {
    CampaignDefinition definition =
        CampaignDefinition.draft("Sale", Channel.WHATSAPP, ControlGroup.NONE);
    return new Campaign(
        id,
        version,
        definition,
        CampaignStatus.COMPLETED,
        null,
        Instant.parse("2026-03-01T09:00:00Z"),
        "meera",
        null,
        null);
  }
}
