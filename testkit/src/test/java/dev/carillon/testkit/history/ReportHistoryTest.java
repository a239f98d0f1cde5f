package dev.carillon.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.ledger.PendingFacts;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.core.report.figure.Trend;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of ledger and report, over random histories. The seed is the test's parameter. */
class ReportHistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final long FIRST_SEED = Long.getLong("test.seed", 20_261_120);
  private static final List<PlannedAttribute> DEVICE_ATTRIBUTES =
      List.of(PlannedAttribute.OS, PlannedAttribute.DEVICE, PlannedAttribute.PLATFORM);

  private static final int SEEDS = Integer.getInteger("test.seeds", 40);

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reportEqualsNaiveRecount(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    History history = history(random);
    Ledger ledger = history.ledger();
    CampaignTerms terms = terms(random);
    for (int i = 0; i < 8; i++) {
      ReportFilter filter = i == 0 ? ReportFilter.NONE : filter(random);
      Report report = CampaignReport.of(ledger, terms, filter, NOW);
      Map<String, Object> recount =
          new NaiveRecount(history, window(terms), terms.weekStart(), filter).numbers();
      recount.keySet().removeIf(name -> lacking(report, name));
      assertThat(ReportNumbers.of(report)).as("%s", filter).isEqualTo(recount);
    }
  }

  /** Added up, a campaign alone is what its report says. */
  @ParameterizedTest
  @MethodSource("seeds")
  void aTallyOfOneIsItsReport(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Report report =
        CampaignReport.of(history(random).ledger(), terms(random), ReportFilter.NONE, NOW);

    Tally tally = Tally.of(report);

    assertThat(tally.counts()).isEqualTo(report.counts());
    assertThat(tally.rates()).isEqualTo(report.rates());
    assertThat(tally.plus(tally).rates()).isEqualTo(report.rates());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyNumberOpensToItsPeople(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    History history = history(random);
    Ledger ledger = history.ledger();
    CampaignTerms terms = terms(random);
    ReportFilter filter = filter(random);
    Map<String, NavigableSet<Integer>> expected =
        new NaiveRecount(history, window(terms), terms.weekStart(), filter).sets();
    Report report = CampaignReport.of(ledger, terms, filter, NOW);
    expected.keySet().removeIf(name -> lacking(report, name));
    expected.forEach(
        (name, seqs) ->
            assertThat(members(ledger, terms, filter, name, 1 + random.nextInt(7)))
                .as(name)
                .containsExactlyElementsOf(seqs));
    for (Measure measure : Measure.values()) {
      if (report.counts().of(measure) != null && !expected.containsKey(measure.key())) {
        assertThat(members(ledger, terms, filter, measure.key(), 100)).as(measure.key()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void orderRepetitionAndDelayDoNotMatter(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    History history = history(random);
    CampaignTerms terms = terms(random);
    List<ReportFilter> filters = List.of(ReportFilter.NONE, filter(random), filter(random));
    List<Report> expected =
        filters.stream().map(f -> CampaignReport.of(history.ledger(), terms, f, NOW)).toList();
    for (int i = 0; i < 3; i++) {
      Ledger ledger = new Ledger(history.campaign(), history.zone());
      for (Consumer<HistoryListener> step : history.scrambled(random)) {
        step.accept(HistoryListener.to(ledger));
        if (random.nextInt(200) == 0) {
          ledger.sets();
        }
        if (random.nextInt(400) == 0) {
          ledger = copy(ledger);
        }
      }
      Ledger filled = ledger;
      assertThat(filters.stream().map(f -> CampaignReport.of(filled, terms, f, NOW)).toList())
          .isEqualTo(expected);
    }
  }

  /** What waited as numbers, in lots of any size, says what the facts would have said. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whatWaitsForTheLedgerLosesNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    History history = history(random);
    CampaignTerms terms = terms(random);
    List<ReportFilter> filters = List.of(ReportFilter.NONE, filter(random), filter(random));
    Ledger ledger = new Ledger(history.campaign(), history.zone());
    PendingTelling listener = new PendingTelling(ledger);
    for (Consumer<HistoryListener> step : history.scrambled(random)) {
      step.accept(listener);
      if (random.nextInt(300) == 0) {
        listener.flush();
      }
    }
    listener.flush();
    for (ReportFilter filter : filters) {
      assertThat(CampaignReport.of(ledger, terms, filter, NOW))
          .as("%s", filter)
          .isEqualTo(CampaignReport.of(history.ledger(), terms, filter, NOW));
    }
    assertThat(ledger.lastCallbackAt()).isEqualTo(history.ledger().lastCallbackAt());
  }

  /** Adds runs to a ledger at once, and all else in lots. */
  private static final class PendingTelling implements HistoryListener {
    private final Ledger ledger;
    private PendingFacts pending;

    private PendingTelling(Ledger ledger) {
      this.ledger = ledger;
      this.pending = new PendingFacts(ledger.campaign(), ledger.zone());
    }

    @Override
    public void run(PlannedRun run) {
      ledger.add(run);
    }

    @Override
    public void fact(Fact fact) {
      pending.add(fact);
    }

    @Override
    public void goalEvent(GoalEvent event) {
      pending.add(event);
    }

    private void flush() {
      ledger.add(pending);
      pending = new PendingFacts(ledger.campaign(), ledger.zone());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void identitiesHoldUnderEveryFilter(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Ledger ledger = history(random).ledger();
    CampaignTerms terms = terms(random);
    for (int i = 0; i < 20; i++) {
      ReportFilter filter = filter(random);
      Report report = CampaignReport.of(ledger, terms, filter, NOW);
      Counts counts = report.counts();
      assertThat(
              counts.control()
                  + orZero(counts.of(Measure.SUPPRESSED))
                  + orZero(counts.of(Measure.DISPATCH_ERRORS))
                  + orZero(counts.of(Measure.UNCERTAIN))
                  + counts.pending()
                  + counts.sent())
          .as("planned, %s", filter)
          .isEqualTo(counts.planned());
      assertThat(
              orZero(counts.of(Measure.DELIVERED))
                  + orZero(counts.of(Measure.DELIVERY_ERRORS))
                  + orZero(counts.of(Measure.UNKNOWN)))
          .as("sent, %s", filter)
          .isEqualTo(counts.sent());
      assertThat(report.errors().suppressed().stream().mapToLong(Errors.Suppressed::count).sum())
          .isEqualTo(counts.of(Measure.SUPPRESSED));
      assertThat(report.errors().dispatch().stream().mapToLong(Errors.ByCode::count).sum())
          .isEqualTo(counts.of(Measure.DISPATCH_ERRORS));
      assertThat(report.errors().delivery().stream().mapToLong(Errors.ByCode::count).sum())
          .isEqualTo(counts.of(Measure.DELIVERY_ERRORS));
      for (List<Trend.Bucket> buckets :
          List.of(report.trend().daily(), report.trend().weekly(), report.trend().monthly())) {
        for (Measure measure : terms.channel().sheet(true).trend()) {
          assertThat(sum(buckets, bucket -> bucket.of(measure)))
              .as("%s, %s", measure, filter)
              .isEqualTo(orZero(counts.of(measure)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void runsAndVariantsOfTargetAddUp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    History history = history(random);
    Ledger ledger = history.ledger();
    CampaignTerms terms = terms(random);
    Report whole = CampaignReport.of(ledger, terms, ReportFilter.NONE, NOW);
    List<Report> runs =
        history.runs().stream()
            .map(run -> CampaignReport.of(ledger, terms, ReportFilter.NONE.ofRun(run.run()), NOW))
            .toList();
    for (Measure measure : Measure.values()) {
      long sum = runs.stream().mapToLong(run -> orZero(run.counts().of(measure))).sum();
      if (measure.unit() == Measure.Unit.USERS) {
        assertThat(sum)
            .as(measure.key())
            .isGreaterThanOrEqualTo(orZero(whole.counts().of(measure)));
      } else {
        assertThat(sum).as(measure.key()).isEqualTo(orZero(whole.counts().of(measure)));
      }
    }
    long inVariants =
        whole.splits().by(PlannedAttribute.VARIANT).stream()
            .mapToLong(part -> orZero(part.of(Measure.SENT)))
            .sum();
    if (history.runs().stream().anyMatch(run -> !run.values(PlannedAttribute.VARIANT).isEmpty())) {
      assertThat(inVariants).isEqualTo(whole.counts().sent());
    } else {
      assertThat(inVariants).isLessThanOrEqualTo(whole.counts().sent());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void rowsOfAnAttributeAreTheReportsOfItsValuesAndAddUp(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Ledger ledger = history(random).ledger();
    CampaignTerms terms = push(terms(random));
    ReportFilter filter = filter(random);
    Report report = CampaignReport.of(ledger, terms, filter, NOW);
    for (PlannedAttribute attribute : DEVICE_ATTRIBUTES) {
      List<Splits.Part> rows = report.splits().by(attribute);
      for (Splits.Part row : rows) {
        ReportFilter only = filter.of(attribute, row.name().toUpperCase(Locale.ROOT));
        Counts counts = CampaignReport.of(ledger, terms, only, NOW).counts();
        assertThat(row.of(Measure.PLANNED)).isEqualTo(counts.planned());
        assertThat(row.of(Measure.CLICKED)).isEqualTo(counts.of(Measure.CLICKED));
        assertThat(row.of(Measure.CONVERTED)).isEqualTo(counts.of(Measure.CONVERTED));
      }
      assertThat(rows.stream().map(row -> row.name().toLowerCase(Locale.ROOT)))
          .doesNotHaveDuplicates();
      if (filter.value(attribute) == null) {
        assertThat(rows.stream().mapToLong(row -> orZero(row.of(Measure.PLANNED))).sum())
            .isEqualTo(report.counts().planned());
        assertThat(rows.stream().mapToLong(row -> orZero(row.of(Measure.SENT))).sum())
            .isEqualTo(report.counts().sent());
        assertThat(rows.stream().mapToLong(Splits.Part::errors).sum())
            .isEqualTo(report.counts().errors());
      }
    }
  }

  private static CampaignTerms push(CampaignTerms terms) {
    return new CampaignTerms(
        terms.heading(),
        Channel.PUSH,
        terms.linksTracked(),
        terms.window(),
        terms.revenue(),
        terms.currency(),
        terms.weekStart(),
        terms.controlShare(),
        terms.windowClosed(),
        terms.errors());
  }

  private static History history(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? LifelikeHistory.of(random, 50 + random.nextInt(400))
        : RandomHistory.of(random, 1 + random.nextInt(80));
  }

  private static CampaignTerms terms(RandomGenerator random) {
    return new CampaignTerms(
        new Report.Heading("7", "Diwali sale", "whatsapp", "completed"),
        Channel.WHATSAPP,
        random.nextBoolean(),
        random.nextBoolean()
            ? Duration.ofDays(1 + random.nextInt(4))
            : Duration.ofHours(1 + random.nextInt(100)),
        true,
        "INR",
        DayOfWeek.of(1 + random.nextInt(7)),
        0.1,
        random.nextBoolean(),
        code -> new CampaignTerms.Explanation(ErrorClass.MESSAGE, "words of " + code, "act"));
  }

  private static Duration window(CampaignTerms terms) {
    return Objects.requireNonNull(terms.window());
  }

  private static ReportFilter filter(RandomGenerator random) {
    Set<Stage> without = EnumSet.noneOf(Stage.class);
    for (Stage stage : Stage.values()) {
      if (random.nextInt(4) == 0) {
        without.add(stage);
      }
    }
    return new ReportFilter(
        sometimes(random, 1 + random.nextInt(3)),
        sometimes(random, day(random)),
        sometimes(random, day(random)),
        attributes(random),
        null,
        random.nextBoolean() ? Counting.TOTAL : Counting.UNIQUE,
        without);
  }

  private static Map<PlannedAttribute, String> attributes(RandomGenerator random) {
    Map<PlannedAttribute, String> attributes = new EnumMap<>(PlannedAttribute.class);
    if (random.nextInt(3) == 0) {
      attributes.put(PlannedAttribute.VARIANT, Integer.toString(random.nextInt(3)));
    }
    if (random.nextInt(4) == 0) {
      PlannedAttribute attribute = DEVICE_ATTRIBUTES.get(random.nextInt(DEVICE_ATTRIBUTES.size()));
      attributes.put(
          attribute, List.of("ANDROID", "ios", "Unknown", "none").get(random.nextInt(4)));
    }
    return attributes;
  }

  private static LocalDate day(RandomGenerator random) {
    return LocalDate.of(2026, 10, 18).plusDays(random.nextInt(30));
  }

  private static <T> @Nullable T sometimes(RandomGenerator random, T value) {
    return random.nextInt(3) == 0 ? value : null;
  }

  private static List<Integer> members(
      Ledger ledger, CampaignTerms terms, ReportFilter filter, String name, int limit) {
    ReportSet set = ReportSet.parse(name).orElseThrow();
    assertThat(set.text()).isEqualTo(name);
    List<Integer> members = new ArrayList<>();
    int[] page = CampaignReport.members(ledger, terms, filter, set, -1, limit);
    while (page.length > 0) {
      IntStream.of(page).forEach(members::add);
      page = CampaignReport.members(ledger, terms, filter, set, members.getLast(), limit);
    }
    return members;
  }

  private static long sum(
      List<Trend.Bucket> buckets, Function<Trend.Bucket, @Nullable Long> number) {
    return buckets.stream().mapToLong(bucket -> orZero(number.apply(bucket))).sum();
  }

  /** Whether it is the name of a number that this report does not have. */
  private static boolean lacking(Report report, String name) {
    return Measure.ofKey(name).filter(m -> report.counts().of(m) == null).isPresent();
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  private static Ledger copy(Ledger ledger) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ledger.writeTo(new DataOutputStream(bytes));
    return Ledger.readFrom(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
        ledger.campaign(),
        ledger.zone());
  }
}
