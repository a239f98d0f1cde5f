package dev.carillon.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.figure.AdAccount;
import dev.carillon.core.figure.FigureKind;
import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.core.figure.ReportedFigure;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class ReportedFiguresTest {
  private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 11, 28);
  private static final AdAccount ACCOUNT = new AdAccount("act_1", ZoneId.of("Asia/Kolkata"), "INR");

  private final Ledger ledger = new Ledger(1, ZoneId.of("UTC"));

  @BeforeEach
  void send() {
    ledger.add(new PlannedRun(1, NOW, 0, 4, new RoaringBitmap(), Map.of(), Map.of()));
    ledger.add(Fact.witnessed(new MessageRef(1, 0), FactKind.ACCEPTED, null, NOW));
    ledger.add(Fact.witnessed(new MessageRef(1, 1), FactKind.ACCEPTED, null, NOW));
  }

  @Test
  void theyStandBesideNumbersThatTheyDoNotChange() {
    Report counted = CampaignReport.of(ledger, terms(), ReportFilter.NONE, NOW);
    Report report = ReportedFigures.beside(counted, days(), ReportFilter.NONE);

    assertThat(report.counts()).isEqualTo(counted.counts());
    assertThat(report.trend()).isEqualTo(counted.trend());
    assertThat(report.errors()).isEqualTo(counted.errors());
    assertThat(report.rates())
        .containsEntry("impressions", 600.0)
        .containsEntry("clicked", 100.0)
        .containsEntry("ctr", 100.0 * 2 / 12);
    assertThat(Objects.requireNonNull(report.figures()).of(FigureKind.INVALID_ENTRIES))
        .isEqualTo("2");
    assertThat(Objects.requireNonNull(report.splits().ads()))
        .satisfiesExactly(
            one -> {
              assertThat(one.name()).isEqualTo("11");
              assertThat(one.ctr()).isEqualTo(20.0);
              assertThat(one.costPerClick()).isEqualTo("3.333333");
            },
            other -> {
              assertThat(other.name()).isEqualTo("12");
              assertThat(other.ctr()).isNull();
              assertThat(other.costPerClick()).isNull();
            });
  }

  @Test
  void anAdNarrowsNothingElse() {
    ReportFilter filter = ReportFilter.NONE.ofAd("12");
    Report counted = CampaignReport.of(ledger, terms(), filter, NOW);
    Report report = ReportedFigures.beside(counted, days(), filter);

    assertThat(report.counts().sent()).isEqualTo(2);
    assertThat(Objects.requireNonNull(report.figures()).values())
        .isEqualTo(Map.of(FigureKind.IMPRESSIONS, new BigDecimal(2)));
    assertThat(Objects.requireNonNull(report.splits().ads())).hasSize(1);
  }

  @Test
  void beforeTheFirstReportThereAreNone() {
    Report counted = CampaignReport.of(ledger, terms(), ReportFilter.NONE, NOW);
    Report report = ReportedFigures.beside(counted, List.of(), ReportFilter.NONE);

    assertThat(report.figures()).isNull();
    assertThat(report.rates()).isEqualTo(counted.rates());
    assertThat(report.splits().ads()).isEmpty();
  }

  private static List<ReportedDay> days() {
    return new FigurePull(
            1,
            ACCOUNT,
            NOW,
            DAY,
            DAY,
            List.of(
                figure("11", FigureKind.IMPRESSIONS, "10"),
                figure("11", FigureKind.CLICKS, "2"),
                figure("11", FigureKind.SPEND, "6.666666"),
                figure("12", FigureKind.IMPRESSIONS, "2"),
                figure("", FigureKind.INVALID_ENTRIES, "2")))
        .days();
  }

  private static ReportedFigure figure(String ad, FigureKind figure, String value) {
    return new ReportedFigure(ad, DAY, figure, new BigDecimal(value));
  }

  private static CampaignTerms terms() {
    return new CampaignTerms(
        new Report.Heading("1", "Audience", "facebook", "completed"),
        Channel.FACEBOOK,
        false,
        null,
        false,
        "INR",
        DayOfWeek.MONDAY,
        0,
        false,
        code -> new CampaignTerms.Explanation(ErrorClass.MESSAGE, "words", "act"));
  }
}
