package dev.carillon.storage.embedded.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.WinnerTest;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.ledger.PlannedRun;
import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;

/** Who gets which variant. */
class PlannedVariantsTest {
  private static final int PEOPLE = 20_000;
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private Path folder;
  private PlanningFixture fixture;

  @BeforeEach
  void open() throws SQLException {
    fixture = new PlanningFixture(folder);
    fixture.people(PEOPLE);
  }

  @AfterEach
  void close() throws SQLException {
    fixture.close();
  }

  private static Variants variants(WinnerTest.@Nullable Size size, int... shares) {
    List<Variants.Variant> variants =
        IntStream.range(0, shares.length)
            .mapToObj(
                number ->
                    new Variants.Variant(
                        "v" + number,
                        shares[number],
                        new WhatsAppTemplate(1, "t", "en", null, List.of(), List.of())))
            .toList();
    return new Variants(
        variants,
        size == null
            ? null
            : new WinnerTest(size, WinnerTest.Metric.VIEWS, Duration.ofHours(4), 0));
  }

  private PlannedRun plan(int run, int percent, Variants variants) {
    return fixture.plan(
        PlanOrderBuilder.of(9, run, new Evaluation(AT, ZoneOffset.UTC))
            .holdingOut(percent)
            .saying(variants)
            .order());
  }

  private Map<Long, Integer> drawn(int run) throws SQLException {
    Map<Long, Integer> drawn = new TreeMap<>();
    fixture
        .texts("SELECT user_key, variant FROM message WHERE run = " + run)
        .forEach((user, variant) -> drawn.put(user, Integer.valueOf(variant)));
    return drawn;
  }

  @Test
  void sharesAreKeptAndTheDrawIsTheJavaDrawInEveryRun() throws SQLException {
    Variants variants = variants(null, 20, 50, 30);
    PlannedRun run = plan(1, 10, variants);
    Draw draw = Draw.of(9, Draw.Purpose.VARIANT);
    drawn(1)
        .forEach(
            (user, variant) -> {
              int bucket = draw.bucket(user);
              assertThat(variant).isEqualTo(bucket < 2_000 ? 0 : bucket < 7_000 ? 1 : 2);
            });
    plan(2, 10, variants);
    assertThat(drawn(2)).isEqualTo(drawn(1));

    int target = PEOPLE - run.control().getCardinality();
    assertThat(run.values(PlannedAttribute.VARIANT).keySet())
        .containsExactlyInAnyOrder("0", "1", "2");
    assertThat(members(run, 1).getCardinality() / (double) target).isCloseTo(0.5, within(0.02));
    RoaringBitmap all = new RoaringBitmap();
    run.values(PlannedAttribute.VARIANT).values().forEach(all::or);
    assertThat(all.getCardinality()).isEqualTo(target);
    assertThat(RoaringBitmap.intersects(all, run.control())).isFalse();
  }

  @Test
  void aTestInPercentLeavesTheRestUndecided() throws SQLException {
    PlannedRun run = plan(1, 0, variants(new WinnerTest.Percent(20), 0, 0));
    long undecided = drawn(1).values().stream().filter(v -> v == Variants.UNDECIDED).count();
    assertThat(undecided / (double) PEOPLE).isCloseTo(0.8, within(0.01));
    assertThat(members(run, 0).getCardinality() + members(run, 1).getCardinality())
        .isEqualTo((int) (PEOPLE - undecided));
    assertThat(members(run, 0).getCardinality() / (double) members(run, 1).getCardinality())
        .isCloseTo(1, within(0.15));
  }

  @Test
  void aTestInMessagesHasExactlySoManyOfThoseWhoCanBeSentTo() throws SQLException {
    fixture.execute("UPDATE endpoint SET address = NULL WHERE hash(user_key) % 5 = 0");
    PlannedRun run = plan(1, 30, variants(new WinnerTest.Messages(1_500), 0, 0, 0));
    RoaringBitmap tested = new RoaringBitmap();
    run.values(PlannedAttribute.VARIANT).values().forEach(tested::or);
    run.suppressed().values().forEach(tested::andNot);
    assertThat(tested.getCardinality()).isEqualTo(1_500);
    int target =
        PEOPLE
            - RoaringBitmap.or(run.control(), run.suppressed().values().iterator().next())
                .getCardinality();
    double controlTested =
        fixture.number("SELECT count(*) FROM message WHERE control AND variant <> 255");
    assertThat(controlTested / run.control().getCardinality())
        .isCloseTo(1_500.0 / target, within(0.02));
  }

  @Test
  void aTestOfMoreThanThereAreTakesAll() throws SQLException {
    plan(1, 10, variants(new WinnerTest.Messages(1_000_000), 0, 0));
    assertThat(drawn(1).values()).doesNotContain(Variants.UNDECIDED);
  }

  private static RoaringBitmap members(PlannedRun run, int variant) {
    return run.values(PlannedAttribute.VARIANT)
        .getOrDefault(Integer.toString(variant), new RoaringBitmap());
  }
}
