package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.SendingHours;
import dev.carillon.core.campaign.SendingHours.Verdict;
import dev.carillon.core.user.UserZone;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.Outgoing;
import dev.carillon.engine.port.work.Turns;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Says when the messages of a chunk may be sent, and how many at once. */
final class SendingPace {
  /** A call is made this soon after its turn was taken, or not at all. */
  private static final Duration TURN_HOLDS = Duration.ofSeconds(10);

  private final DispatchContext sending;
  private final SendingSession session;
  private final int campaign;
  private final Delivery delivery;
  private final Instant dueAt;
  private final SendingHours hours;

  /**
   * @param dueAt when the chunk's run was due
   */
  SendingPace(
      DispatchContext sending,
      SendingSession session,
      Chunk chunk,
      Delivery delivery,
      Instant dueAt) {
    this.sending = sending;
    this.session = session;
    this.campaign = chunk.campaign();
    this.delivery = delivery;
    this.dueAt = dueAt;
    Account account = sending.calendar().account();
    this.hours = SendingHours.of(delivery, account.settings().quietHours(), account.zone());
  }

  /** What is to become of a message now. */
  Verdict verdict(Outgoing message, Instant now) {
    @Nullable ZoneId zone =
        message.zone() == null || delivery.clock() == Delivery.Clock.ACCOUNT
            ? null
            : UserZone.parse(message.zone()).orElse(null);
    Instant start = message.notBefore() == null ? dueAt : message.notBefore();
    return hours.at(now, zone, start);
  }

  /**
   * Takes turns for tries.
   *
   * @param wanted 0 or more
   */
  Taken take(int wanted, Instant now) {
    Delivery.@Nullable Throttle throttle = delivery.throttle();
    if (throttle == null || wanted == 0) {
      return new Taken(wanted, Instant.MAX, now);
    }
    // Calls come up to TURN_HOLDS after their turns: so much longer lies between the turns.
    Duration within = Delivery.Throttle.WINDOW.plus(TURN_HOLDS);
    Turns turns = sending.throttles().takeTurns(campaign, wanted, throttle.messages(), within, now);
    if (turns.given() < wanted) {
      session.hold().prolong(turns.moreAt());
    }
    return new Taken(turns.given(), now.plus(TURN_HOLDS), turns.moreAt());
  }

  /**
   * Turns that were taken.
   *
   * @param given how many
   * @param until until when their calls may be made
   * @param moreAt when there may be more
   */
  record Taken(int given, Instant until, Instant moreAt) {}
}
