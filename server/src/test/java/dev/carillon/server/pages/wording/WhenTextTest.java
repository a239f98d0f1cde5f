package dev.carillon.server.pages.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhenTextTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String MONDAYS =
      "'when':{'type':'recurring','every':'week','on':['MON'],'at':'10:00','runs':12}";

  private final DisplayFormat format =
      new DisplayFormat(Locale.ENGLISH, ZoneId.of("Asia/Kolkata"), NOW);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'when':null|Not decided yet",
        "'when':{'type':'now'}|As soon as it is launched",
        MONDAYS + "|Every Monday at 10:00, 12 runs",
        "'when':{'type':'recurring','every':'month','on':[7,31],'at':'09:30','until':'2027-01-31'}"
            + "|Every month on day 7, 31 at 09:30, until Jan 31, 2027",
        "'when':{'type':'recurring','every':'day','at':'10:00'},'delivery':{'zone':'user',"
            + "'passed':'nextDay','quietHours':{'from':'22:00','to':'08:00','then':'discard'},"
            + "'cutOff':'20:00','throttle':{'messagesPer5Minutes':1000}}"
            + "|Every day at 10:00; by each user's own clock, the next day where the time has"
            + " passed; discarded from 22:00 to 08:00; nothing after 20:00; at most 1,000 in 5"
            + " minutes"
      })
  void aPlanIsSaidInWords(String members, String words) {
    assertThat(WhenText.of(campaign(members, CampaignStatus.DRAFT, null), format)).isEqualTo(words);
  }

  @Test
  void byEachUsersOwnClockNoZoneIsNamed() {
    String once = "'when':{'type':'at','at':'2026-12-01T10:00'}";
    assertThat(WhenText.of(campaign(once, CampaignStatus.DRAFT, null), format)).endsWith("IST");
    assertThat(
            WhenText.of(
                campaign(once + ",'delivery':{'zone':'user'}", CampaignStatus.DRAFT, null), format))
        .contains("Dec 1, 2026")
        .doesNotContain("IST");
  }

  @Test
  void severalDatesNameTheFirstOfThem() {
    String dates =
        "'when':{'type':'dates','at':['2026-12-04T10:00','2026-12-01T10:00','2026-12-02T10:00',"
            + "'2026-12-03T10:00','2026-12-05T10:00']}";
    assertThat(WhenText.of(campaign(dates, CampaignStatus.DRAFT, null), format))
        .startsWith("At Dec 1, 2026")
        .contains("Dec 2", "Dec 3")
        .endsWith(" and 2 more times");
  }

  @Test
  void aCampaignBetweenItsRunsNamesTheNext() {
    Campaign waiting = campaign(MONDAYS, CampaignStatus.AWAITING_NEXT_RUN, NOW.plusSeconds(60));
    assertThat(WhenText.of(waiting, format))
        .startsWith("Every Monday at 10:00, 12 runs. Next run Nov 20, 2026");
  }

  private static Campaign campaign(
      String members, CampaignStatus status, @Nullable Instant startsAt) {
    String json = ("{'name':'x','channel':'whatsapp'," + members + "}").replace('\'', '"');
    CampaignDefinition definition = JsonDocument.parse(json).then(DefinitionReader::read).orThrow();
    return new Campaign(1, 1, definition, status, null, NOW, "meera", startsAt, null);
  }
}
