package dev.carillon.testkit.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.figure.AdAccount;
import dev.carillon.core.figure.FigureKind;
import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.FigureSums;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.core.figure.ReportedFigure;
import dev.carillon.engine.port.figures.FigureStore;
import dev.carillon.testkit.store.Definitions;
import dev.carillon.testkit.store.StoreKit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do with figures that ad platforms report. */
public interface FigureContract<S extends FigureStore> extends StoreKit<S> {
  LocalDate FIRST = LocalDate.of(2026, 11, 1);
  AdAccount INDIA = new AdAccount("act_1", ZoneId.of("Asia/Kolkata"), "INR");
  AdAccount GERMANY = new AdAccount("act_2", ZoneId.of("Europe/Berlin"), "EUR");
  List<String> ADS = List.of("11", "12", "13", "");

  /** A campaign that figures can be of. */
  int newCampaign();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  default void theLastReportOfADayCountsInWhateverOrderReportsCome(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Integer> campaigns = List.of(newCampaign(), newCampaign());
    List<FigurePull> pulls = pulls(random, campaigns);
    List<FigurePull> told = new ArrayList<>(pulls);
    told.addAll(pulls.subList(0, random.nextInt(pulls.size())));
    Collections.shuffle(told, Random.from(random));
    told.forEach(store()::putFigures);

    for (Set<Integer> asked :
        List.of(Set.copyOf(campaigns), Set.of(campaigns.getFirst()), Set.<Integer>of())) {
      for (List<@Nullable LocalDate> period : periods(random)) {
        LocalDate from = period.getFirst();
        LocalDate to = period.getLast();
        List<ReportedDay> days = another().reportedDays(asked, from, to);
        List<Row> rows = rows(pulls, asked, from, to);
        assertThat(FigureSums.of(days).map(FigureSums::values).orElse(Map.of()))
            .isEqualTo(sums(rows, null));
        for (String ad : ADS.subList(0, 3)) {
          assertThat(FigureSums.ofAd(days, ad).map(FigureSums::values).orElse(Map.of()))
              .isEqualTo(sums(rows, ad));
          FigureSums inList = FigureSums.byAd(days).get(ad);
          assertThat(inList == null ? Map.of() : inList.values()).isEqualTo(sums(rows, ad));
        }
      }
    }
  }

  @Test
  default void aRestatedDayIsReplacedWholeAndOthersStay() {
    int campaign = newCampaign();
    store()
        .putFigures(
            pull(
                campaign,
                1,
                FIRST,
                FIRST.plusDays(1),
                figure("11", FIRST, FigureKind.SPEND, "10.10"),
                figure("12", FIRST, FigureKind.CLICKS, "4"),
                figure("11", FIRST.plusDays(1), FigureKind.SPEND, "0.20")));
    store()
        .putFigures(pull(campaign, 2, FIRST, FIRST, figure("11", FIRST, FigureKind.CLICKS, "3")));

    FigureSums sums =
        FigureSums.of(another().reportedDays(Set.of(campaign), null, null)).orElseThrow();
    assertThat(sums)
        .isEqualTo(
            new FigureSums(
                Map.of(
                    FigureKind.CLICKS, new BigDecimal(3), FigureKind.SPEND, new BigDecimal("0.2")),
                "INR",
                Definitions.NOW.plusSeconds(2),
                FIRST,
                FIRST.plusDays(1)));
  }

  @Test
  default void amountsAreExactAndCurrenciesAreNeverAdded() {
    int campaign = newCampaign();
    store()
        .putFigures(
            pull(
                campaign,
                1,
                FIRST,
                FIRST.plusDays(1),
                figure("11", FIRST, FigureKind.SPEND, "12345678901234567.0000001"),
                figure("11", FIRST.plusDays(1), FigureKind.SPEND, "0.0000001")));
    assertThat(sums(campaign).of(FigureKind.SPEND)).isEqualTo("12345678901234567.0000002");
    assertThat(sums(campaign).currency()).isEqualTo("INR");

    store()
        .putFigures(
            new FigurePull(
                campaign,
                GERMANY,
                Definitions.NOW,
                FIRST,
                FIRST,
                List.of(
                    figure("21", FIRST, FigureKind.SPEND, "5"),
                    figure("21", FIRST, FigureKind.CLICKS, "2"))));
    assertThat(sums(campaign).of(FigureKind.SPEND)).isNull();
    assertThat(sums(campaign).currency()).isNull();
    assertThat(sums(campaign).of(FigureKind.CLICKS)).isEqualTo("2");
  }

  private FigureSums sums(int campaign) {
    return FigureSums.of(store().reportedDays(Set.of(campaign), null, null)).orElseThrow();
  }

  private static FigurePull pull(
      int campaign, int at, LocalDate from, LocalDate to, ReportedFigure... figures) {
    return new FigurePull(
        campaign, INDIA, Definitions.NOW.plusSeconds(at), from, to, List.of(figures));
  }

  private static ReportedFigure figure(String ad, LocalDate day, FigureKind figure, String value) {
    return new ReportedFigure(ad, day, figure, new BigDecimal(value));
  }

  private static List<FigurePull> pulls(RandomGenerator random, List<Integer> campaigns) {
    List<FigurePull> pulls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      LocalDate from = FIRST.plusDays(random.nextInt(5));
      LocalDate to = from.plusDays(random.nextInt(3));
      List<ReportedFigure> figures = new ArrayList<>();
      for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
        for (String ad : ADS) {
          for (FigureKind figure : FigureKind.values()) {
            if (random.nextInt(3) > 0) {
              int places = figure.money() ? 2 : 0;
              BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000), places);
              figures.add(new ReportedFigure(ad, day, figure, value));
            }
          }
        }
      }
      int campaign = campaigns.get(random.nextInt(campaigns.size()));
      Instant at = Definitions.NOW.plusSeconds(i);
      pulls.add(new FigurePull(campaign, INDIA, at, from, to, figures));
    }
    return pulls;
  }

  private static List<List<@Nullable LocalDate>> periods(RandomGenerator random) {
    LocalDate some = FIRST.plusDays(random.nextInt(6));
    List<List<@Nullable LocalDate>> periods = new ArrayList<>();
    for (LocalDate from : new @Nullable LocalDate[] {null, some}) {
      for (LocalDate to : new @Nullable LocalDate[] {null, some.plusDays(1)}) {
        List<@Nullable LocalDate> period = new ArrayList<>();
        period.add(from);
        period.add(to);
        periods.add(period);
      }
    }
    return periods;
  }

  /** A figure that counts, with the moment of its report. */
  record Row(int campaign, Instant at, ReportedFigure figure) {}

  /** What is left of the reports, which are given from the earliest to the latest. */
  private static List<Row> rows(
      List<FigurePull> pulls,
      Set<Integer> campaigns,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    List<Row> rows = new ArrayList<>();
    for (FigurePull pull : pulls) {
      rows.removeIf(
          row ->
              row.campaign == pull.campaign()
                  && !row.figure.day().isBefore(pull.from())
                  && !row.figure.day().isAfter(pull.to()));
      pull.figures().forEach(f -> rows.add(new Row(pull.campaign(), pull.pulledAt(), f)));
    }
    rows.removeIf(
        row ->
            !campaigns.contains(row.campaign)
                || (from != null && row.figure.day().isBefore(from))
                || (to != null && row.figure.day().isAfter(to)));
    return rows;
  }

  /** An ad's day is that of the last report which has it, whatever the campaign. */
  private static Map<FigureKind, BigDecimal> sums(List<Row> rows, @Nullable String ad) {
    Map<FigureKind, BigDecimal> sums = new TreeMap<>();
    for (Row row : rows) {
      ReportedFigure figure = row.figure;
      boolean restated =
          !figure.ad().isEmpty()
              && rows.stream()
                  .anyMatch(
                      other ->
                          other.at.isAfter(row.at)
                              && other.figure.ad().equals(figure.ad())
                              && other.figure.day().equals(figure.day()));
      if (!restated && (ad == null || figure.ad().equals(ad))) {
        sums.merge(figure.figure(), figure.value(), BigDecimal::add);
      }
    }
    return sums;
  }
}
