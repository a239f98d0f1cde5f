package dev.carillon.engine.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class ReportCsvTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void oneNumberALineNamedAsInTheJson() {
    assertThat(csv("Sale"))
        .startsWith("section,item,name,value\r\ncampaign,,id,1\r\ncampaign,,name,Sale\r\n")
        .contains("\r\ncounts,,sent,2\r\n")
        .contains("\r\nrates,,delivered,50.0\r\n")
        .contains("\r\ntrend.daily,2026-11-20,sent,2\r\n")
        .contains("\r\nfunnels.users,delivered,percentOfFirst,50.0\r\n")
        .contains("\r\nrevenue,target,revenue,0\r\n")
        .doesNotContain("clicked")
        .endsWith("\r\n");
  }

  @Test
  void textIsQuotedAndNoSpreadsheetTakesItForAFormula() {
    assertThat(csv("=HYPERLINK(\"http://x\",\"y\")"))
        .contains("campaign,,name,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n")
        .contains("errors.delivery,'+131,text,\"'@SUM(1,2)\nnext line\"\r\n");
    assertThat(csv("-1+2")).contains("campaign,,name,'-1+2\r\n");
  }

  private static String csv(String name) {
    Ledger ledger = new Ledger(1, ZoneOffset.UTC);
    ledger.add(new PlannedRun(1, NOW, 0, 3, new RoaringBitmap(), Map.of(), Map.of()));
    ledger.add(fact(0, FactKind.VIEWED, null, null));
    ledger.add(fact(1, FactKind.RECEIPT_FAILED, "+131", "@SUM(1,2)\nnext line"));
    CampaignTerms terms =
        new CampaignTerms(
            new Report.Heading("1", name, "whatsapp", "running"),
            Channel.WHATSAPP,
            false,
            Duration.ofDays(2),
            true,
            "EUR",
            DayOfWeek.MONDAY,
            0,
            false,
            code -> new CampaignTerms.Explanation(ErrorClass.MESSAGE, "words", "act"));
    return ReportCsv.of(CampaignReport.of(ledger, terms, ReportFilter.NONE, NOW));
  }

  private static Fact fact(int seq, FactKind kind, @Nullable String detail, @Nullable String text) {
    return new Fact(1, seq, kind, detail, null, NOW, NOW, text, 0);
  }
}
