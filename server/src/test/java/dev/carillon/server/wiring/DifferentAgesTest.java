package dev.carillon.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.installation.FactsEndNote;
import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.RunPlan;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.facts.FactsStamp;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.settings.StartupProblem;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata and facts from copies of one folder at different moments, put together in all ways. */
class DifferentAgesTest {
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

  @TempDir private Path folder;
  private final List<Path> copies = new ArrayList<>();

  @Test
  void onlyHalvesOfOneMomentAreOpened() throws IOException {
    Path data = folder.resolve("data");
    int campaign;
    try (DataFolder open = DataFolder.open(data, 256, InstantSource.system())) {
      open.facts().append(people());
      campaign =
          open.metadata()
              .createCampaign(
                  CampaignDefinition.draft("Aged", Channel.WHATSAPP, ControlGroup.NONE), "me", AT)
              .id();
    }
    copy(data);
    try (DataFolder open = DataFolder.open(data, 256, InstantSource.system())) {
      plan(open, campaign, 1);
      copy(data); // of a running folder, which is no backup
      plan(open, campaign, 2);
    }
    copy(data);
    DataFolder.open(data, 256, InstantSource.system()).close();
    copy(data);
    copies.add(Files.createDirectory(folder.resolve("nothing")));

    for (Path metadata : copies) {
      for (Path facts : copies) {
        Path mixed = mixed(metadata, facts);
        if (metadata.equals(facts)) {
          assertThatCode(() -> DataFolder.read(mixed).close()).doesNotThrowAnyException();
          assertThatCode(() -> DataFolder.open(mixed, 256, InstantSource.system()).close())
              .doesNotThrowAnyException();
        } else {
          assertRefused(mixed);
        }
      }
    }
  }

  private static void assertRefused(Path mixed) throws IOException {
    boolean metadata = Files.exists(mixed.resolve("metadata.db"));
    boolean facts = Files.exists(mixed.resolve("facts/facts.duckdb"));
    for (int again = 0; again < 2; again++) {
      assertThatThrownBy(() -> DataFolder.open(mixed, 256, InstantSource.system()))
          .as(mixed.toString())
          .isInstanceOf(StartupProblem.class)
          .hasMessageContaining("do not belong together")
          .hasMessageContaining("from one and the same backup");
      assertThatThrownBy(() -> DataFolder.read(mixed)).isInstanceOf(StartupProblem.class);
    }
    assertThat(Files.exists(mixed.resolve("metadata.db"))).isEqualTo(metadata);
    assertThat(Files.exists(mixed.resolve("facts/facts.duckdb"))).isEqualTo(facts);
    if (!metadata) {
      assertThatThrownBy(() -> DataFolder.openMetadata(mixed)).hasMessageContaining("metadata.db");
    }
  }

  @Test
  void aFirstStartThatWasCutOffIsTakenUp() {
    Path data = folder.resolve("data");
    Installation fresh = new Installation(UUID.randomUUID(), 0, false, 0);
    try (MetadataStore metadata = DataFolder.metadata(data)) {
      metadata.putInstallation(fresh.beginning());
    }
    // Cut off before the facts, after them, and before and after a later start's.
    DataFolder.open(data, 256, InstantSource.system()).close();
    for (long start = 1; start < 4; start++) {
      try (MetadataStore metadata = DataFolder.metadata(data)) {
        Installation known = metadata.installation().orElseThrow();
        assertThat(known.start()).isEqualTo(start);
        metadata.putInstallation(known.beginning());
      }
      if (start % 2 == 0) {
        try (EmbeddedFactStore facts = EmbeddedFactStore.open(DataFolder.settings(data, 256))) {
          facts.stamp(new FactsStamp(fresh.id(), start + 1));
        }
      }
      DataFolder.open(data, 256, InstantSource.system()).close();
    }
  }

  @Test
  void factsWhoseJournalLostItsEndAreNoticed() throws IOException {
    Path data = folder.resolve("data");
    try (DataFolder open = DataFolder.open(data, 256, InstantSource.system())) {
      open.facts().append(people());
      open.facts().settle();
    }
    Path before = copy(data);
    try (DataFolder open = DataFolder.open(before, 256, InstantSource.system())) {
      open.facts().append(people());
      new FactsEndNote(open.metadata(), open.stampedFacts(), WaitingClock.system()).close();
    }
    // The same start as noted there, with less in the facts.
    try (EmbeddedFactStore facts = EmbeddedFactStore.open(DataFolder.settings(data, 256))) {
      facts.stamp(new FactsStamp(facts.marks().stamp().orElseThrow().installation(), 2));
    }
    Path mixed = mixed(before, data);
    assertThatThrownBy(() -> DataFolder.open(mixed, 256, InstantSource.system()))
        .isInstanceOf(StartupProblem.class)
        .hasMessageContaining("they held 40 entries, and end after 20");
  }

  private static List<Entry> people() {
    return IntStream.range(0, 20)
        .mapToObj(i -> Identity.user("person-" + i))
        .<Entry>map(
            person -> new Entry.OfProfile(new ProfileChange(person, person.key(), "{}", AT, AT)))
        .toList();
  }

  private static void plan(DataFolder open, int campaign, int run) {
    open.metadata().createRun(campaign, run, AT);
    RunPlan plan =
        open.facts()
            .plan(PlanOrderBuilder.of(campaign, run, new Evaluation(AT, ZoneOffset.UTC)).order());
    open.metadata()
        .runPlanned(
            campaign, run, plan.run().plannedAt(), plan.run().firstSeq(), plan.sections(), 1_000);
  }

  private Path copy(Path data) throws IOException {
    Path copy = folder.resolve("copy-" + copies.size());
    copyTree(data, copy);
    copies.add(copy);
    return copy;
  }

  /** The metadata of one copy and the facts of another. */
  private Path mixed(Path metadata, Path facts) throws IOException {
    Path mixed =
        Files.createDirectory(
            folder.resolve("metadata-" + metadata.getFileName() + "-facts-" + facts.getFileName()));
    for (String part : List.of("metadata.db", "metadata.db-wal", "metadata.db-shm")) {
      if (Files.exists(metadata.resolve(part))) {
        Files.copy(metadata.resolve(part), mixed.resolve(part));
      }
    }
    if (Files.exists(facts.resolve("facts"))) {
      copyTree(facts.resolve("facts"), mixed.resolve("facts"));
    }
    return mixed;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()));
      }
    }
  }
}
