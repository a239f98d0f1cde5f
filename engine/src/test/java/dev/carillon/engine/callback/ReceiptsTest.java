package dev.carillon.engine.callback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.callback.Receipts.Due;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private final Receipts receipts = new Receipts(START);

  @Test
  void aMessageIsDueAfterTenToTwentyMinutes() {
    receipts.accepted(1, START);
    receipts.accepted(2, START);
    receipts.reported(2);
    assertThat(receipts.due(START.plus(Duration.ofMinutes(9)))).isEqualTo(new Due(0, 0));
    assertThat(receipts.due(START.plus(Duration.ofMinutes(20)))).isEqualTo(new Due(2, 1));
  }

  @Test
  void aCallbackThatComesWithinAWeekIsStillMatched() {
    receipts.accepted(1, START);
    receipts.accepted(2, START);
    assertThat(receipts.due(START.plus(Duration.ofDays(7)))).isEqualTo(new Due(2, 2));
    receipts.reported(1);
    assertThat(receipts.due(START.plus(Duration.ofDays(7)))).isEqualTo(new Due(2, 1));
  }

  @Test
  void aYearOfSendingTakesAsMuchMemoryAsAFewWeeks() {
    int aDay = 20_000;
    int seq = 0;
    long most = 0;
    for (int day = 0; day < 365; day++) {
      Instant at = START.plus(Duration.ofDays(day));
      for (int i = 0; i < aDay; i++, seq++) {
        receipts.accepted(seq, at);
        if (seq % 10 != 0) {
          receipts.reported(seq);
        }
      }
      if (day < 20) {
        most = Math.max(most, receipts.bytes());
      }
    }
    assertThat(receipts.bytes()).isLessThanOrEqualTo(most * 3 / 2);
    assertThat(receipts.due(START.plus(Duration.ofDays(366)))).isEqualTo(new Due(seq, seq / 10));

    receipts.shrink(START.plus(Duration.ofDays(400)));
    assertThat(receipts.bytes()).isLessThan(100);
    assertThat(receipts.due(START.plus(Duration.ofDays(400)))).isEqualTo(new Due(seq, seq / 10));
  }
}
