package dev.carillon.storage.embedded.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.IdentityLink;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.campaign.PlanOrder;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.embedded.apply.BatchWriter;
import dev.carillon.storage.embedded.crash.Traces;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.tables.ApplyBatch;
import dev.carillon.storage.embedded.tables.ApplyLock;
import dev.carillon.storage.embedded.tables.PlanningState;
import dev.carillon.testkit.sending.PlanOrderBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users are deleted or joined between the moment at which a run's audience is read and the one at
 * which the run is there: its messages are theirs as they are afterwards.
 */
@Timeout(60)
class ChangedWhilePlannedTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant DELETED = AT.plusSeconds(3600);
  private static final Identity ANN = Identity.user("ann-Zyx");
  private static final Identity BOB = Identity.user("bob");
  private static final Identity CLEO = Identity.user("cleo");
  private static final String PHONE = "919876543210";
  private static final List<String> OF_ANN =
      List.of("Zyx", PHONE, String.valueOf(ANN.key()), "5511987654321");

  @TempDir private Path folder;

  @Test
  void whoIsDeletedMeanwhileIsInNoMessage() throws Exception {
    planned(false, new Entry.Erasure(ANN, DELETED));
    assertThat(Traces.inTables(folder, OF_ANN)).isEmpty();
    try (EmbeddedFactStore store = open()) {
      assertThat(store.outgoing(1, 0, 9)).extracting(Outgoing::identity).containsExactly(BOB);
      assertThat(store.recount(1, ZoneOffset.UTC).counts())
          .containsEntry("planned", 2L)
          .containsEntry("suppressed", 1L)
          .containsEntry("pending", 1L);
      assertThat(store.recount(1, ZoneOffset.UTC).suppressed()).containsEntry("deleted", 1L);
      assertThat(store.loadLedger(1, ZoneOffset.UTC).sets().suppressed().get("deleted")).hasSize(1);
    }
  }

  @Test
  void aUserBegunAnewGetsNoMessageOfTheOneBefore() throws Exception {
    planned(
        false,
        new Entry.Erasure(ANN, DELETED),
        profile(ANN, "{\"Phone\":\"+5511987654321\"}", DELETED.plusSeconds(9)));
    try (EmbeddedFactStore store = open()) {
      assertThat(store.person(ANN)).isPresent();
      assertThat(store.outgoing(1, 0, 9)).extracting(Outgoing::identity).containsExactly(BOB);
    }
    assertThat(Traces.inTables(folder, List.of(PHONE))).isEmpty();
  }

  @Test
  void whoIsJoinedMeanwhileGetsTheMessageUnderTheKeptIdentity() throws Exception {
    planned(false, new Entry.OfLink(new IdentityLink(BOB, CLEO, AT)));
    try (EmbeddedFactStore store = open()) {
      assertThat(store.outgoing(1, 0, 9))
          .extracting(Outgoing::identity)
          .containsExactlyInAnyOrder(ANN, CLEO);
    }
  }

  @Test
  void whatACrashLeftUndoneIsDoneWhenTheStoreOpens() throws Exception {
    assertThatThrownBy(() -> planned(true, new Entry.Erasure(ANN, DELETED)))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(Traces.inTables(folder, OF_ANN)).as("planned before the crash").isNotEmpty();
    open().close();
    assertThat(Traces.inTables(folder, OF_ANN)).isEmpty();
  }

  private EmbeddedFactStore open() {
    return EmbeddedFactStore.open(FactStoreSettings.in(folder).withMemoryMegabytes(256));
  }

  /**
   * Plans a run for Ann and Bob, and has entries applied when their messages are written and not
   * yet committed.
   *
   * @param crash whether nothing more can be written when the run is committed
   */
  private void planned(boolean crash, Entry... meanwhile) throws Exception {
    try (EmbeddedFactStore store = open()) {
      store.append(
          List.of(
              profile(ANN, "{\"Phone\":\"+" + PHONE + "\"}", AT),
              profile(BOB, "{\"Phone\":\"+919876500000\"}", AT)));
      store.settle();
    }
    FactStoreSettings settings = FactStoreSettings.in(folder).withMemoryMegabytes(256);
    PlanningState planning = new PlanningState();
    try (DuckDatabase database = settings.openDatabase()) {
      BatchWriter writer =
          new BatchWriter(
              database,
              settings.campaignBytes(),
              new PhoneNumbers(null),
              planning,
              applied -> {},
              position -> {});
      ApplyLock applyLock = new ApplyLock();
      RunPlanner planner = new RunPlanner(database, planning, applyLock, writer);
      CompletableFuture<?> plan;
      try (ApplyLock.Hold hold = applyLock.hold()) {
        plan = planOnAThreadThatWaits(planner);
        ApplyBatch batch = new ApplyBatch();
        batch.add(List.of(meanwhile));
        writer.apply(batch, writer.position());
        if (crash) {
          writer.close();
        }
        hold.end();
      }
      plan.join();
      writer.close();
    }
  }

  /** The planner has read the audience when it waits for the applier to stand still. */
  private static CompletableFuture<?> planOnAThreadThatWaits(RunPlanner planner) {
    CompletableFuture<Object> plan = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    plan.complete(planner.plan(order()));
                  } catch (RuntimeException failed) {
                    plan.completeExceptionally(failed);
                  }
                });
    while (!isHeldBack(thread) && !plan.isDone()) {
      Thread.onSpinWait();
    }
    assertThat(plan).isNotDone();
    return plan;
  }

  private static boolean isHeldBack(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(ApplyLock.class.getName()));
  }

  private static PlanOrder order() {
    return PlanOrderBuilder.of(1, 1, new Evaluation(AT, ZoneOffset.UTC)).order();
  }

  private static Entry profile(Identity identity, String properties, Instant at) {
    return new Entry.OfProfile(new ProfileChange(identity, identity.key(), properties, at, at));
  }
}
