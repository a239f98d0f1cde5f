package dev.carillon.server.pages.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.SkipReason;
import dev.carillon.core.campaign.Skipped;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.figure.Report;
import dev.carillon.server.pages.frame.Assets;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Frame;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.RuleTextTest;
import dev.carillon.server.pages.wording.WaitingConnection;
import dev.carillon.testkit.sending.DefinitionBuilder;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** The statistics page as markup: what comes from outside stays text, and no number is lost. */
class StatisticsTemplateTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final ZoneId ZONE = ZoneId.of("UTC");
  private static final String ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";

  private final TemplateEngine templates =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          getClass().getClassLoader(),
          "dev.carillon.server.pages.templates");

  @Test
  void whatComesFromOutsideIsTextEverywhere() {
    String html = html(ATTACK, Map.of());
    assertThat(html).contains("&lt;script>alert(1)").doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void everyNumberOfTheWaterfallLeadsToItsPeople() {
    String html = html("Diwali", Map.of("counting", new String[] {"unique"}));
    for (String set :
        List.of("planned", "control", "suppressed", "sent", "delivered", "viewed", "converted")) {
      assertThat(html).contains("/campaigns/7/people?set=" + set + "&amp;counting=unique");
    }
  }

  @Test
  void chartsHaveTheirNumbersAsTables() {
    String html = html("Diwali", Map.of());
    assertThat(html).contains("id=\"trend-chart\"", "id=\"trend-table\"");
    assertThat(html).contains("id=\"rates-chart\"", "id=\"conversion-table\"");
  }

  @Test
  void aFilterThatLeavesNothingSaysSo() {
    assertThat(html("Diwali", Map.of("run", new String[] {"9"})))
        .contains("Nothing here under this filter");
  }

  @Test
  void runsThatWereLeftOutSayWhy() {
    String html =
        html(
            "Diwali",
            Map.of(),
            List.of(
                new Run(7, 1, START, 0, new Run.Planned(START, 0, 5, START), null),
                new Run(7, 2, START, 0, null, new Skipped(SkipReason.MISSED)),
                new Run(7, 3, START, 0, new Run.Planned(START, 5, 5, null), null)));
    assertThat(html).contains("3 runs, 1 left out", SkipReason.MISSED.words());
    assertThat(html).contains("<option value=\"3\"").doesNotContain("<option value=\"2\"");
  }

  @Test
  void aConnectionThatWaitsSaysWhyAndIsResumedAlone() {
    Campaign running = campaign("Diwali", CampaignStatus.RUNNING);
    assertThat(html(running, Map.of(), List.of()))
        .contains("Nothing is sent through &lt;b&gt;Pune&lt;/b&gt;:", "Its token has expired.")
        .contains("name=\"connection\" value=\"5\"");
  }

  private String html(String name, Map<String, String[]> parameters) {
    return html(name, parameters, List.of());
  }

  private String html(String name, Map<String, String[]> parameters, List<Run> runs) {
    return html(campaign(name, CampaignStatus.PAUSED), parameters, runs);
  }

  private String html(Campaign campaign, Map<String, String[]> parameters, List<Run> runs) {
    String name = campaign.definition().name();
    StatisticsQuery query = StatisticsQuery.of(parameters);
    DisplayFormat format = new DisplayFormat(Locale.ENGLISH, ZONE, START.plusSeconds(900));
    Report report = CampaignReport.of(ledger(name), terms(name), query.filter(), format.now());
    StatisticsPage page =
        StatisticsPage.of(
            campaign,
            CampaignText.of(campaign, id -> Optional.empty(), RuleTextTest.NAMES, format),
            runs,
            List.of(),
            null,
            List.of(new WaitingConnection(5, "<b>Pune</b>", "Its token has expired.")),
            query,
            report,
            format);
    Frame frame =
        new Frame(
            name,
            Section.CAMPAIGNS,
            new Assets(),
            format,
            name,
            true,
            true,
            true,
            null,
            null,
            name);
    StringOutput output = new StringOutput();
    templates.render("statistics/page.jte", Map.of("frame", frame, "page", page), output);
    return output.toString();
  }

  private static Campaign campaign(String name, CampaignStatus status) {
    return new Campaign(
        7,
        1,
        DefinitionBuilder.named(name)
            .labelled(name)
            .going(new When.Now())
            .toEveryone()
            .holdingOut(10)
            .aiming(new Goal(name, List.of(), Duration.ofDays(2), "Amount"))
            .definition(),
        status,
        status == CampaignStatus.PAUSED ? name : null,
        START,
        name,
        START,
        null);
  }

  private static CampaignTerms terms(String name) {
    return new CampaignTerms(
        new Report.Heading("7", name, "whatsapp", "paused"),
        Channel.WHATSAPP,
        false,
        Duration.ofDays(2),
        true,
        "EUR",
        DayOfWeek.MONDAY,
        0.1,
        false,
        code -> new CampaignTerms.Explanation(ErrorClass.ADDRESS, name, name));
  }

  private static Ledger ledger(String text) {
    Ledger ledger = new Ledger(7, ZONE);
    ledger.add(new PlannedRun(1, START, 0, 20, RoaringBitmap.bitmapOf(18, 19), Map.of(), Map.of()));
    for (int seq = 0; seq < 18; seq++) {
      MessageRef message = new MessageRef(7, seq);
      Instant at = START.plusSeconds(seq);
      ledger.add(Fact.witnessed(message, FactKind.ATTEMPTED, "1", at));
      if (seq < 2) {
        ledger.add(new Fact(7, seq, FactKind.REFUSED, text, null, at, at, text, 0));
        continue;
      }
      ledger.add(Fact.witnessed(message, FactKind.ACCEPTED, null, at));
      if (seq < 4) {
        ledger.add(new Fact(7, seq, FactKind.RECEIPT_FAILED, text, null, at, at, text, 0));
        continue;
      }
      ledger.add(Fact.witnessed(message, FactKind.RECEIPT_DELIVERED, null, at));
      ledger.add(Fact.witnessed(message, FactKind.VIEWED, null, at.plusSeconds(86_400)));
    }
    ledger.add(new GoalEvent(7, 6, 1, START.plusSeconds(90_000), 5_000_000));
    return ledger;
  }
}
