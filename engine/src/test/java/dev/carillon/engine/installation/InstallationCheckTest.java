package dev.carillon.engine.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.account.RunKey;
import dev.carillon.engine.port.campaign.PlannedCount;
import dev.carillon.engine.port.facts.FactsMarks;
import dev.carillon.engine.port.facts.FactsStamp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which metadata and facts belong together, by the marks that they bear. */
class InstallationCheckTest {
  private static final UUID OURS = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHERS = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final PlannedCount FIRST = new PlannedCount(1, 1, 0, 100);
  private static final PlannedCount SECOND = new PlannedCount(1, 2, 100, 50);

  @Test
  void newOnesAndThoseWithoutMarksBelongTogether() {
    assertThat(mismatch(metadata(null), facts(null, 0))).isEmpty();
    assertThat(mismatch(metadata(null, FIRST), facts(null, 900, FIRST))).isEmpty();
  }

  @Test
  void aRunThatIsNotedAndNotCountedYetIsOnItsWay() {
    MetadataMarks planning =
        new MetadataMarks(
            Optional.of(at(3)), Set.of(new RunKey(1, 1), new RunKey(1, 2)), List.of(FIRST));
    assertThat(mismatch(planning, facts(stamp(3), 0, FIRST, SECOND))).isEmpty();
    assertThat(mismatch(planning, facts(stamp(3), 0, FIRST))).isEmpty();
  }

  @Test
  void whereAStartWasCutOffIsNoMismatch() {
    Installation fresh = new Installation(OURS, 0, false, 0);
    assertThat(mismatch(metadata(fresh.beginning()), facts(null, 0))).isEmpty();
    assertThat(mismatch(metadata(fresh.beginning()), facts(stamp(1), 0))).isEmpty();
    assertThat(mismatch(metadata(fresh.begun()), facts(stamp(1), 0))).isEmpty();
    assertThat(mismatch(metadata(at(4).beginning()), facts(stamp(4), 0))).isEmpty();
    assertThat(mismatch(metadata(at(4).beginning()), facts(stamp(5), 0))).isEmpty();
  }

  @Test
  void metadataThatWereLostOrAreOlderAreNoticed() {
    for (MetadataMarks older :
        List.of(metadata(null), metadata(at(3), FIRST), metadata(at(2).beginning(), FIRST))) {
      assertThat(mismatch(older, facts(stamp(4), 0, FIRST)).orElseThrow())
          .startsWith("The metadata are missing, or older than the facts");
    }
    assertThat(mismatch(metadata(at(4), FIRST), facts(stamp(4), 0, FIRST, SECOND)).orElseThrow())
        .contains("run 2 of campaign 1, which the metadata do not know");
    assertThat(mismatch(metadata(null), facts(null, 0, FIRST)).orElseThrow())
        .as("of an earlier version, without marks")
        .startsWith("The metadata are missing");
  }

  @Test
  void factsThatWereLostOrAreOlderAreNoticed() {
    MetadataMarks metadata = metadata(at(4).withFactsEnd(900), FIRST, SECOND);
    for (FactsMarks older :
        List.of(
            facts(null, 0),
            facts(stamp(3), 900, FIRST, SECOND),
            facts(stamp(4), 899, FIRST, SECOND),
            facts(stamp(4), 900, FIRST),
            facts(stamp(4), 900, FIRST, new PlannedCount(1, 2, 100, 49)))) {
      assertThat(mismatch(metadata, older).orElseThrow())
          .startsWith("The facts are missing, or older than the metadata");
    }
    assertThat(mismatch(metadata, facts(stamp(4), 900, FIRST, SECOND))).isEmpty();
    assertThat(mismatch(metadata(null, FIRST), facts(null, 0)).orElseThrow())
        .as("of an earlier version, without marks")
        .startsWith("The facts are missing");
  }

  @Test
  void thoseOfTwoInstallationsAreNoticed() {
    FactsMarks others = facts(new FactsStamp(OTHERS, 4), 0);
    assertThat(mismatch(metadata(at(4)), others).orElseThrow()).contains("two different");
    assertThatThrownBy(() -> InstallationCheck.require(metadata(at(4)), others))
        .isInstanceOf(MismatchException.class);
  }

  private static Optional<String> mismatch(MetadataMarks metadata, FactsMarks facts) {
    return InstallationCheck.mismatch(metadata, facts);
  }

  private static Installation at(long start) {
    return new Installation(OURS, start, false, 0);
  }

  private static FactsStamp stamp(long start) {
    return new FactsStamp(OURS, start);
  }

  private static MetadataMarks metadata(
      @Nullable Installation installation, PlannedCount... planned) {
    Set<RunKey> noted =
        List.of(planned).stream()
            .map(run -> new RunKey(run.campaign(), run.run()))
            .collect(Collectors.toSet());
    return new MetadataMarks(Optional.ofNullable(installation), noted, List.of(planned));
  }

  private static FactsMarks facts(@Nullable FactsStamp stamp, long end, PlannedCount... planned) {
    return new FactsMarks(Optional.ofNullable(stamp), end, List.of(planned));
  }
}
