package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.sections;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.SkipReason;
import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.InstallationStore;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.account.ReferenceKey;
import dev.carillon.engine.port.account.RunKey;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.PlannedCount;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.testkit.store.Definitions;
import dev.carillon.testkit.store.StoreKit;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store must do with the marks of an installation and its keys. */
public interface InstallationContract<S extends CampaignStore & RunStore & InstallationStore>
    extends StoreKit<S> {

  Instant FIRST = Instant.parse("2026-03-01T10:00:00.123456Z");

  @Test
  default void theInstallationIsTheLastOnePut() {
    assertThat(store().installation()).isEmpty();
    Installation made = new Installation(UUID.randomUUID(), 0, false, 7);
    store().putInstallation(made);
    store().putInstallation(made.beginning());
    assertThat(another().installation()).contains(made.beginning());
    store().putInstallation(made.begun().withFactsEnd(3));
    assertThat(another().installation()).contains(new Installation(made.id(), 1, false, 7));
  }

  @Test
  default void theMarksNameAllRuns() {
    int id = store().createCampaign(Definitions.full("Marked"), "meera", FIRST).id();
    store().createRun(id, 1, FIRST);
    store().createRun(id, 2, FIRST);
    store().createRun(id, 3, FIRST, SkipReason.MISSED);
    store().runPlanned(id, 1, FIRST, 0, sections(0, 120), 50);

    MetadataMarks marks = another().marks();
    assertThat(marks.installation()).isEmpty();
    assertThat(marks.noted())
        .containsExactlyInAnyOrder(new RunKey(id, 1), new RunKey(id, 2), new RunKey(id, 3));
    assertThat(marks.planned()).containsExactly(new PlannedCount(id, 1, 0, 120));
  }

  @Test
  default void theLatestReferenceKeyComesFirst() {
    assertThat(store().referenceKeys()).isEmpty();
    store().addReferenceKey(new byte[] {1, -1});
    store().addReferenceKey(new byte[] {2});

    assertThat(another().referenceKeys())
        .extracting(ReferenceKey::key)
        .containsExactly(new byte[] {2}, new byte[] {1, -1});
    int older = store().referenceKeys().getLast().id();
    store().openedReferenceKey(older, new byte[] {3});
    assertThat(another().referenceKeys())
        .extracting(ReferenceKey::key)
        .containsExactly(new byte[] {2}, new byte[] {3});
    assertThat(another().referenceKeys()).noneMatch(ReferenceKey::sealed);
  }
}
