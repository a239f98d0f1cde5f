package dev.carillon.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Funnels;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** One small campaign, every number of it worked out by hand. */
class CampaignReportTest {
  private static final Instant PLANNED = Instant.parse("2026-11-29T09:00:00Z");

  /** A Monday. */
  private static final Instant LATER = Instant.parse("2026-11-30T09:00:00Z");

  private static final Instant LATEST = Instant.parse("2026-12-01T09:00:00Z");

  private final Ledger ledger = new Ledger(1, ZoneId.of("UTC"));

  @BeforeEach
  void tell() {
    // 0, 1 held out (1 suppressed); 2 without address; 3 refused; 4 uncertain; 5 pending;
    // 6 delivered late; 7 viewed and replied to twice, converted; 8 failed; 9 only accepted.
    ledger.add(
        new PlannedRun(
            1,
            PLANNED,
            0,
            10,
            RoaringBitmap.bitmapOf(0, 1),
            Map.of(),
            Map.of(SuppressionReason.NO_ADDRESS, RoaringBitmap.bitmapOf(1, 2))));
    add(0, FactKind.GHOST_SENT, null, null, PLANNED);
    for (int seq : new int[] {3, 4, 6, 7, 8, 9}) {
      add(seq, FactKind.ATTEMPTED, "1", null, PLANNED);
    }
    ledger.add(
        new Fact(1, 3, FactKind.REFUSED, "131026", null, PLANNED, PLANNED, "Not on WhatsApp", 0));
    for (int seq : new int[] {6, 7, 8, 9}) {
      add(seq, FactKind.ACCEPTED, null, "wamid." + seq, PLANNED);
    }
    add(6, FactKind.RECEIPT_FAILED, "130472", null, PLANNED);
    add(6, FactKind.RECEIPT_DELIVERED, null, null, LATEST);
    add(7, FactKind.VIEWED, null, null, LATER);
    add(7, FactKind.REPLIED, null, "in.1", LATER);
    add(7, FactKind.REPLIED, null, "in.2", LATEST);
    add(7, FactKind.CONVERTED, null, null, LATER);
    add(7, FactKind.VIEW_CONVERTED, null, null, LATER);
    add(8, FactKind.RECEIPT_FAILED, "130472", null, LATER);
  }

  @Test
  void countsTheWholeWaterfall() {
    assertThat(report(ReportFilter.NONE).counts())
        .isEqualTo(
            new Counts(
                Map.ofEntries(
                    Map.entry(Measure.PLANNED, 10L),
                    Map.entry(Measure.QUALIFIED, 10L),
                    Map.entry(Measure.CONTROL, 2L),
                    Map.entry(Measure.CONTROL_SUPPRESSED, 1L),
                    Map.entry(Measure.SUPPRESSED, 1L),
                    Map.entry(Measure.DISPATCH_ERRORS, 1L),
                    Map.entry(Measure.UNCERTAIN, 1L),
                    Map.entry(Measure.PENDING, 1L),
                    Map.entry(Measure.SENT, 4L),
                    Map.entry(Measure.DELIVERED, 2L),
                    Map.entry(Measure.DELIVERED_IMPLIED, 1L),
                    Map.entry(Measure.DELIVERY_ERRORS, 1L),
                    Map.entry(Measure.UNKNOWN, 1L),
                    Map.entry(Measure.VIEWED, 1L),
                    Map.entry(Measure.REPLIED, 2L),
                    Map.entry(Measure.CONVERTED, 1L),
                    Map.entry(Measure.VIEW_CONVERTED, 1L))));
  }

  @Test
  void uniqueCountingTurnsCardAndTrendTogether() {
    Report total = report(ReportFilter.NONE);
    Report unique = report(ReportFilter.NONE.counting(Counting.UNIQUE));
    assertThat(total.counts().of(Measure.REPLIED)).isEqualTo(2);
    assertThat(unique.counts().of(Measure.REPLIED)).isEqualTo(1);
    assertThat(total.trend().daily())
        .extracting(bucket -> bucket.of(Measure.REPLIED))
        .containsExactly(0L, 1L, 1L);
    assertThat(unique.trend().daily())
        .extracting(bucket -> bucket.of(Measure.REPLIED))
        .containsExactly(0L, 1L, 0L);
  }

  private static Trend.Bucket bucket(
      LocalDate from, long sent, long delivered, long viewed, long replied) {
    return new Trend.Bucket(
        from,
        new Counts(
            Map.of(
                Measure.SENT, sent,
                Measure.DELIVERED, delivered,
                Measure.VIEWED, viewed,
                Measure.REPLIED, replied)));
  }

  @Test
  void bucketsBeginOnTheirFirstDay() {
    Trend trend = report(ReportFilter.NONE).trend();
    assertThat(trend.daily())
        .containsExactly(
            bucket(LocalDate.of(2026, 11, 29), 4, 0, 0, 0),
            bucket(LocalDate.of(2026, 11, 30), 0, 1, 1, 1),
            bucket(LocalDate.of(2026, 12, 1), 0, 1, 0, 1));
    assertThat(trend.weekly())
        .extracting(Trend.Bucket::from)
        .containsExactly(LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 30));
    assertThat(trend.monthly())
        .extracting(Trend.Bucket::from)
        .containsExactly(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 12, 1));
  }

  @Test
  void ratesArePercentagesAndNullWithoutADenominator() {
    assertThat(report(ReportFilter.NONE).rates())
        .containsEntry("delivered", 50.0)
        .containsEntry("viewed", 25.0)
        .containsEntry("converted", 25.0)
        .doesNotContainKey("ctr");
    assertThat(report(ReportFilter.NONE.ofRun(9)).rates()).containsEntry("delivered", null);
  }

  @Test
  void errorsStandUnderCodeAndReasonWithTheProvidersWords() {
    Errors errors = report(ReportFilter.NONE).errors();
    assertThat(errors.suppressed())
        .containsExactly(
            new Errors.Suppressed("noAddress", SuppressionReason.NO_ADDRESS.words(), 1));
    assertThat(errors.dispatch())
        .containsExactly(new Errors.ByCode("131026", "address", "Not on WhatsApp", "do 131026", 1));
    assertThat(errors.delivery())
        .containsExactly(new Errors.ByCode("130472", "address", "words 130472", "do 130472", 1));
  }

  @Test
  void stagesCanBeTakenOutOfTheFunnel() {
    assertThat(report(ReportFilter.NONE).funnels().users())
        .containsExactly(
            new Funnels.Step("sent", 4, 100.0, 100.0),
            new Funnels.Step("delivered", 2, 50.0, 50.0),
            new Funnels.Step("viewed", 1, 25.0, 50.0),
            new Funnels.Step("converted", 1, 25.0, 100.0));
    assertThat(
            report(ReportFilter.NONE.without(Set.of(Stage.DELIVERED, Stage.VIEWED)))
                .funnels()
                .users())
        .extracting(Funnels.Step::stage)
        .containsExactly("sent", "converted");
  }

  @Test
  void comparesTargetWithTheControlThatWasNotSuppressed() {
    Conversion conversion = Objects.requireNonNull(report(ReportFilter.NONE).conversion());
    assertThat(conversion.target()).isEqualTo(new Conversion.Group(4, 1, 25.0));
    assertThat(conversion.control()).isEqualTo(new Conversion.Group(1, 0, 0.0));
    assertThat(conversion.lift().verdict()).isEqualTo("not-enough-data");
    assertThat(conversion.overTime())
        .extracting(day -> day.target().converted())
        .containsExactly(0L, 1L);
  }

  @Test
  void everyPartOfTheReportIsAboutTheFiltersMessages() {
    LocalDate day = LocalDate.of(2026, 11, 30);
    Report none = report(ReportFilter.NONE.between(day, day));
    assertThat(none.counts().planned()).isZero();
    assertThat(none.trend().daily()).isEmpty();
    assertThat(none.errors().dispatch()).isEmpty();
  }

  @Test
  void trackedLinksBringClicks() {
    assertThat(report(ReportFilter.NONE).splits().links()).isNull();
    add(7, FactKind.CLICKED, "0", "c1", LATER);
    add(7, FactKind.CLICKED, "0", "c2", LATER);
    add(7, FactKind.CLICKED, "1", "c3", LATER);
    add(7, FactKind.BOT_CLICKED, "1", "c4", LATER);
    Report report = report(ReportFilter.NONE);
    assertThat(report.counts().of(Measure.CLICKED)).isEqualTo(3);
    assertThat(report.counts().of(Measure.BOT_CLICKED)).isEqualTo(1);
    assertThat(report.rates()).containsEntry("ctr", 300.0);
    assertThat(Objects.requireNonNull(report.splits().links()))
        .extracting(Splits.Link::clicked)
        .containsExactly(2L, 1L);
  }

  private Report report(ReportFilter filter) {
    CampaignTerms terms =
        new CampaignTerms(
            new Report.Heading("1", "Diwali sale", "whatsapp", "completed"),
            Channel.WHATSAPP,
            false,
            Duration.ofDays(2),
            false,
            "INR",
            DayOfWeek.MONDAY,
            0.2,
            true,
            code ->
                new CampaignTerms.Explanation(ErrorClass.ADDRESS, "words " + code, "do " + code));
    return CampaignReport.of(ledger, terms, filter, LATEST);
  }

  private void add(
      int seq, FactKind kind, @Nullable String detail, @Nullable String event, Instant at) {
    ledger.add(new Fact(1, seq, kind, detail, event, at, at, null, 0));
  }
}
