package dev.carillon.engine.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.dispatch.FrequencyCapGuard.Person;
import dev.carillon.engine.dispatch.FrequencyCapGuard.Rule;
import dev.carillon.engine.port.work.RecentSends.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one pass let out, every other knows of until it has read it; and nothing counts twice. */
class FrequencyCapGuardTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Person ASHA = new Person(Channel.WHATSAPP, 7);
  private static final List<Rule> ONE_A_DAY =
      List.of(new Rule(SuppressionReason.FREQUENCY_CAP, 1, DAY, null));

  private final FrequencyCapGuard guard = new FrequencyCapGuard();

  private boolean letOut(MessageRef message, Instant at, Send... before) {
    return guard.admit(message, 1, ASHA, List.of(before), ONE_A_DAY, at).isEmpty();
  }

  private static MessageRef message(int campaign) {
    return new MessageRef(campaign, 0);
  }

  @Test
  void aPassKnowsWhatAnotherLetOutSinceItBegan() {
    long first = guard.began();
    long second = guard.began();
    assertThat(letOut(message(1), NOW)).isTrue();
    guard.settled(message(1));
    guard.ended(first);
    assertThat(letOut(message(2), NOW)).isFalse();
    guard.ended(second);
    assertThat(guard.size()).isZero();
  }

  @Test
  void whatAPassCanReadIsForgottenWhileItRuns() {
    long first = guard.began();
    assertThat(letOut(message(1), NOW)).isTrue();
    guard.settled(message(1));
    long second = guard.began();
    guard.ended(first);
    assertThat(guard.size()).isZero();
    assertThat(letOut(message(2), NOW, new Send(message(1), 1, NOW))).isFalse();
    guard.ended(second);
  }

  @Test
  void whatIsUnderWayIsNotForgottenAndCountsHoweverLongItTakes() {
    long first = guard.began();
    assertThat(letOut(message(1), NOW)).isTrue();
    guard.ended(first);
    assertThat(guard.size()).isEqualTo(1);
    long second = guard.began();
    assertThat(letOut(message(2), NOW.plus(DAY))).isFalse();
    guard.taken(message(1), NOW.plus(DAY));
    guard.settled(message(1));
    assertThat(letOut(message(2), NOW.plus(DAY).plus(DAY).minusSeconds(1))).isFalse();
    assertThat(letOut(message(2), NOW.plus(DAY).plus(DAY))).isTrue();
    guard.ended(second);
  }

  @Test
  void whatIsRememberedTakesThePlaceOfWhatWasRead() {
    guard.began();
    Send read = new Send(message(1), 1, NOW);
    assertThat(letOut(message(1), NOW, read))
        .as("a message does not count against itself")
        .isTrue();
    guard.notTaken(message(1));
    assertThat(letOut(message(2), NOW, read)).isTrue();
    assertThat(letOut(message(1), NOW, read)).as("tried again").isFalse();
  }

  @Test
  void aRunsSecondDeviceIsNeverOneTooMany() {
    guard.began();
    MessageRef phone = new MessageRef(1, 0);
    MessageRef tablet = new MessageRef(1, 1);
    MessageRef nextRun = new MessageRef(1, 2);
    assertThat(guard.admit(phone, 1, ASHA, List.of(), ONE_A_DAY, NOW)).isEmpty();
    assertThat(guard.admit(tablet, 1, ASHA, List.of(), ONE_A_DAY, NOW)).isEmpty();
    assertThat(guard.admit(nextRun, 2, ASHA, List.of(), ONE_A_DAY, NOW)).isPresent();
    List<Send> read = List.of(new Send(phone, 1, NOW), new Send(message(9), 4, NOW));
    FrequencyCapGuard afterRestart = new FrequencyCapGuard();
    assertThat(afterRestart.admit(tablet, 1, ASHA, read, ONE_A_DAY, NOW))
        .as("its run reaches the person already, on another device")
        .isEmpty();
    assertThat(afterRestart.admit(nextRun, 2, ASHA, read, ONE_A_DAY, NOW)).isPresent();
  }

  @Test
  void aGapCountsOnlyItsCampaign() {
    guard.began();
    List<Rule> gap = List.of(new Rule(SuppressionReason.GAP, 1, DAY, 5));
    assertThat(guard.admit(message(4), 1, ASHA, List.of(), gap, NOW)).isEmpty();
    assertThat(guard.admit(message(5), 1, ASHA, List.of(), gap, NOW)).isEmpty();
    assertThat(guard.admit(new MessageRef(5, 1), 2, ASHA, List.of(), gap, NOW))
        .contains(SuppressionReason.GAP);
    Person other = new Person(Channel.SMS, 7);
    assertThat(guard.admit(new MessageRef(5, 2), 3, other, List.of(), gap, NOW)).isEmpty();
  }
}
