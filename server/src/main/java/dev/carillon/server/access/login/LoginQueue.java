package dev.carillon.server.access.login;

import dev.carillon.server.access.login.LoginThrottle.Try;
import dev.carillon.server.access.login.WaitingTries.Turn;
import dev.carillon.server.access.login.WaitingTries.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.AuthenticationException;

/**
 * Lets tries from places that are not known wait for their turn, each on the virtual thread of its
 * request, and checks them a few at once, as each check costs a tenth of a second of a core by
 * intention. Thread-safe.
 */
public final class LoginQueue {
  /** Below the half minute after which the first proxies give up. */
  static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);

  private final WaitingTries tries;
  private boolean serverEnds;

  public LoginQueue(LoginThrottle throttle, InstantSource clock, RandomGenerator random) {
    this.tries =
        new WaitingTries(throttle, clock, random, PATIENCE, PasswordChecks.UNKNOWN_AT_ONCE);
  }

  /** The server ends while a try waits. */
  static final class ServerEndsException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    ServerEndsException() {
      super("the server ends");
    }
  }

  /** Ends all waits: a server that stops waits for what it still answers. */
  @EventListener(ContextClosedEvent.class)
  synchronized void end() {
    serverEnds = true;
    tries.endAll(Turn.SERVER_ENDS);
  }

  /**
   * Waits for the turn of a try and checks it.
   *
   * @param session of the browser that waits
   * @return the check's outcome; empty when its turn did not come, and nothing was checked
   * @throws ServerEndsException when the server ends before its turn
   */
  <T> Optional<T> check(Try attempt, String session, Supplier<T> check) {
    Turn turn = await(begin(attempt, session));
    if (turn == Turn.SERVER_ENDS) {
      throw new ServerEndsException();
    }
    if (turn == Turn.TOO_MANY) {
      return Optional.empty();
    }
    try {
      return Optional.of(check.get());
    } finally {
      checked();
    }
  }

  private synchronized Waiting begin(Try attempt, String session) {
    Waiting one = tries.add(attempt, session);
    if (serverEnds) {
      tries.end(one, Turn.SERVER_ENDS);
    }
    return one;
  }

  private Turn await(Waiting one) {
    try {
      while (true) {
        Duration pause = pause(one);
        try {
          return one.turn().get(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException timeHasPassed) {
          settle();
        }
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return giveUp(one);
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  /** Looks who may go now. */
  public synchronized void settle() {
    tries.settle();
  }

  /** How many wait. */
  public synchronized int size() {
    return tries.size();
  }

  private synchronized Duration pause(Waiting one) {
    Duration pause = tries.pause(one);
    return pause.compareTo(SHORTEST_PAUSE) > 0 ? pause : SHORTEST_PAUSE;
  }

  private synchronized void checked() {
    tries.checked();
  }

  /** Its turn may have come in this moment. */
  private synchronized Turn giveUp(Waiting one) {
    tries.end(one, Turn.SERVER_ENDS);
    return one.turn().join();
  }
}
