package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be done follows from which status may follow which. */
class CampaignActionTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "DRAFT, EDIT LAUNCH CLONE ARCHIVE DELETE",
    "SCHEDULED, EDIT UNSCHEDULE STOP CLONE",
    "RUNNING, RENAME PAUSE STOP CLONE",
    "PAUSED, RENAME RESUME STOP CLONE",
    "AWAITING_NEXT_RUN, EDIT PAUSE STOP CLONE",
    "STOPPED, RENAME CLONE ARCHIVE",
    "COMPLETED, RENAME CLONE ARCHIVE"
  })
  void eachStatusOffersWhatMayFollow(CampaignStatus status, String actions) {
    assertThat(allowedFor(campaign(status, null)).stream().map(Enum::name))
        .containsExactly(actions.split(" "));
  }

  @Test
  void whatIsArchivedCanBeTakenOutAgain() {
    assertThat(allowedFor(campaign(CampaignStatus.COMPLETED, NOW)))
        .containsExactly(CampaignAction.RENAME, CampaignAction.CLONE, CampaignAction.UNARCHIVE);
  }

  @Test
  void movesAreThoseOfTheTable() {
    assertThat(CampaignAction.PAUSE.from())
        .isEqualTo(EnumSet.of(CampaignStatus.RUNNING, CampaignStatus.AWAITING_NEXT_RUN));
    for (CampaignStatus status : CampaignStatus.values()) {
      assertThat(CampaignAction.STOP.from().contains(status))
          .as(status.name())
          .isEqualTo(status.next().contains(CampaignStatus.STOPPED));
    }
  }

  private static Campaign campaign(CampaignStatus status, @Nullable Instant archivedAt) {
    CampaignDefinition definition =
        CampaignDefinition.draft("Sale", Channel.WHATSAPP, ControlGroup.NONE);
    return new Campaign(1, 1, definition, status, null, NOW, "meera", null, null, archivedAt);
  }

  private static List<CampaignAction> allowedFor(Campaign campaign) {
    return Arrays.stream(CampaignAction.values())
        .filter(action -> action.allowed(campaign))
        .toList();
  }
}
