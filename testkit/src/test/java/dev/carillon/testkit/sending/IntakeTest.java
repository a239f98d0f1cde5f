package dev.carillon.testkit.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.intake.Intake;
import dev.carillon.engine.intake.OverloadedException;
import dev.carillon.engine.port.facts.Entry;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IntakeTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private final MemoryFactStore store = new MemoryFactStore();

  @Test
  @Timeout(60)
  void whatWaitsIsBoundedInBytesAndInNumber() throws InterruptedException {
    Intake intake = new Intake(store, 10, 10_000);
    Thread first;
    synchronized (store) {
      first = Thread.ofVirtual().start(() -> intake.accept(entries(2, 3_000)));
      while (intake.waitingBytes() < 6_000) {
        Thread.onSpinWait();
      }
      assertThat(intake.waiting()).isEqualTo(2);
      assertThatThrownBy(() -> intake.accept(entries(1, 4_000)))
          .isInstanceOf(OverloadedException.class);
      assertThatThrownBy(() -> intake.accept(entries(9, 10)))
          .isInstanceOf(OverloadedException.class);
      assertThat(intake.waiting()).isEqualTo(2);
      intake.accept(entries(1, 3_000));
    }
    first.join();

    assertThat(intake.waitingBytes()).isZero();
    assertThat(intake.waiting()).isZero();
    assertThat(intake.accepted()).isEqualTo(3);
    assertThat(intake.turnedAway()).isEqualTo(10);
  }

  @Test
  void whatIsLargerThanAllRoomIsTakenWhenNothingElseWaits() {
    Intake intake = new Intake(store, 10, 10_000);

    intake.accept(entries(3, 50_000));

    assertThat(store.entries()).hasSize(3);
    assertThat(intake.waitingBytes()).isZero();
  }

  private static List<Entry> entries(int count, int bytes) {
    Identity ann = Identity.user("ann");
    String properties = "{\"p\":\"" + "x".repeat(bytes) + "\"}";
    Entry entry = new Entry.OfProfile(new ProfileChange(ann, ann.key(), properties, AT, AT));
    return Collections.nCopies(count, entry);
  }
}
