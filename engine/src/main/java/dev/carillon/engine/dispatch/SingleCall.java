package dev.carillon.engine.dispatch;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.dispatch.sender.ConnectionSender;
import dev.carillon.engine.health.FatalErrors;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider.Prepared;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call beside those of campaigns, in turn with them. Somebody waits for it, so it does not wait
 * long for its turn; its trouble is not the campaigns'.
 */
final class SingleCall {
  private static final Logger LOG = LoggerFactory.getLogger(SingleCall.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final ErrorMeaning BUSY =
      new ErrorMeaning(
          ErrorClass.RATE,
          Reaction.RETRY,
          "The connection is busy sending, or was asked to slow down.",
          "Try again in a while.");

  private final ConnectionSender connectionSender;
  private final WaitingClock clock;

  SingleCall(ConnectionSender connectionSender, WaitingClock clock) {
    this.connectionSender = connectionSender;
    this.clock = clock;
  }

  SendResult make(MessageContent what, String address, String properties, String reference)
      throws PersonalisationException, InterruptedException {
    Prepared message = filled(what, address, properties);
    Instant now = clock.instant();
    Instant turn = connectionSender.limiter().reserve();
    if (turn.isAfter(now.plus(LONGEST_WAIT))) {
      return busy();
    }
    clock.sleepUntil(turn);
    if (!connectionSender.calls().tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      return busy();
    }
    SendResult result;
    try {
      result = connectionSender.sender().send(message, reference);
    } catch (RuntimeException | Error defect) {
      FatalErrors.rethrow(defect);
      LOG.error("A single call through connection {} broke", connection(), defect);
      return new SendResult.Unknown("The call broke: " + defect.getClass().getSimpleName());
    } finally {
      connectionSender.calls().release();
    }
    connectionSender.slowDownAfter(result);
    return result;
  }

  private Prepared filled(MessageContent what, String address, String properties)
      throws PersonalisationException {
    try {
      return connectionSender.sender().prepare(what, address, properties);
    } catch (RuntimeException defect) {
      LOG.warn("A single message through connection {} cannot be filled", connection(), defect);
      throw new PersonalisationException("The message could not be filled");
    }
  }

  private int connection() {
    return connectionSender.connected().connection().id();
  }

  private static SendResult busy() {
    return new SendResult.Failed("busy", BUSY.words(), BUSY, null);
  }
}
