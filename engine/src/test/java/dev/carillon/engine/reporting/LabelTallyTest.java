package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.core.report.measure.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which campaigns are in a label's numbers. */
class LabelTallyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  @Test
  void aCampaignCountsInEachOfItsLabels() {
    Campaign both = campaign(1, CampaignStatus.COMPLETED, "sale", "Festive");
    Campaign one = campaign(2, CampaignStatus.RUNNING, "sale");
    Campaign draft = campaign(3, CampaignStatus.DRAFT, "sale", "idea");
    Campaign none = campaign(4, CampaignStatus.STOPPED);

    List<LabelTally> rows =
        LabelTally.of(
            List.of(none, draft, one, both), Map.of(1, tally(10), 2, tally(200), 4, tally(3_000)));

    assertThat(rows).extracting(LabelTally::label).containsExactly("Festive", "idea", "sale", null);
    assertThat(rows).extracting(LabelTallyTest::sent).containsExactly(10L, null, 210L, 3_000L);
    assertThat(rows.get(2).campaigns()).containsExactly(draft, one, both);
    assertThat(rows).extracting(LabelTally::notStarted).containsExactly(0, 1, 1, 0);
  }

  /** Half a sum would be taken for the whole. */
  @Test
  void aLabelHasNoNumbersWhileSomeOfThemWait() {
    List<LabelTally> rows =
        LabelTally.of(
            List.of(
                campaign(1, CampaignStatus.COMPLETED, "sale", "festive"),
                campaign(2, CampaignStatus.COMPLETED, "sale")),
            Map.of(1, tally(10)));

    assertThat(rows).extracting(LabelTallyTest::sent).containsExactly(10L, null);
    assertThat(rows).extracting(LabelTally::waiting).containsExactly(0, 1);
  }

  private static @Nullable Long sent(LabelTally row) {
    Tally tally = row.tally();
    return tally == null ? null : Long.valueOf(tally.counts().sent());
  }

  private static Tally tally(long sent) {
    return new Tally(new Counts(Map.of(Measure.PLANNED, sent, Measure.SENT, sent)), List.of());
  }

  private static Campaign campaign(int id, CampaignStatus status, String... labels) {
    CampaignDefinition definition =
        CampaignDefinition.draft("Sale", Channel.WHATSAPP, ControlGroup.NONE)
            .named("Sale", List.of(labels));
    return new Campaign(id, 1, definition, status, null, NOW, "meera", null, null);
  }
}
