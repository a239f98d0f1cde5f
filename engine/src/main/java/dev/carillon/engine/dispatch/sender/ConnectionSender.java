package dev.carillon.engine.dispatch.sender;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import dev.carillon.engine.provider.Provider.Sender;
import dev.carillon.engine.provider.SendResult;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One connection as all campaigns share it: its open sender, its rate, the number of calls under
 * way, and how many in a row got no answer.
 */
public final class ConnectionSender {
  /** Temporary errors say that somebody answers, so many more of them are borne. */
  private static final int ERRORS_FOR_ONE_SILENCE = 8;

  private final Connected connected;
  private final Sender sender;
  private final RateLimiter limiter;
  private final Semaphore calls;
  private final AtomicInteger silent = new AtomicInteger();
  private final AtomicInteger failing = new AtomicInteger();
  private int users;
  private boolean retired;

  ConnectionSender(Connected connected, InstantSource clock, int concurrentCalls) {
    this.connected = connected;
    this.limiter =
        new RateLimiter(connected.provider().messagesPerSecond(connected.connection()), clock);
    this.calls = new Semaphore(concurrentCalls);
    this.sender = connected.provider().open(connected.connection());
  }

  public Connected connected() {
    return connected;
  }

  public Sender sender() {
    return sender;
  }

  public Capabilities capabilities() {
    return connected.provider().capabilities();
  }

  public RateLimiter limiter() {
    return limiter;
  }

  public Semaphore calls() {
    return calls;
  }

  /** Sends more slowly for a while when an answer says that it was too fast. */
  public void slowDownAfter(SendResult result) {
    if (result instanceof SendResult.Failed failed
        && failed.meaning().reaction() == Reaction.RETRY
        && failed.meaning().errorClass() == ErrorClass.RATE) {
      limiter.tooMuch(failed.retryAfter());
    }
  }

  /** Notes an answer. Says why to pause when the provider seems to be out of reach. */
  public Optional<String> noteAnswer(SendResult result, int limit) {
    return switch (result) {
      case SendResult.Accepted _ -> {
        calm();
        yield Optional.empty();
      }
      case SendResult.Unknown unknown -> {
        failing.incrementAndGet();
        yield silent.incrementAndGet() < limit
            ? Optional.empty()
            : Optional.of(
                "The provider does not answer (" + unknown.text() + "). Resume when it does.");
      }
      case SendResult.Failed failed -> noteFailure(failed, limit);
    };
  }

  private Optional<String> noteFailure(SendResult.Failed failed, int limit) {
    if (failed.code().equals("connection")) {
      failing.incrementAndGet();
      return silent.incrementAndGet() < limit
          ? Optional.empty()
          : Optional.of(
              "The provider cannot be reached ("
                  + failed.text()
                  + "). Check the connection's address and the network, then resume.");
    }
    silent.set(0);
    if (failed.meaning().errorClass() != ErrorClass.TEMPORARY) {
      failing.set(0);
      return Optional.empty();
    }
    return failing.incrementAndGet() < limit * ERRORS_FOR_ONE_SILENCE
        ? Optional.empty()
        : Optional.of(
            "The provider answers with errors only ("
                + failed.code()
                + ": "
                + failed.text()
                + "). Resume when its trouble has passed.");
  }

  /** Forgets the trouble so far: somebody looked at it, or it has passed. */
  void calm() {
    silent.set(0);
    failing.set(0);
  }

  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    users++;
    return true;
  }

  public synchronized void leave() {
    users--;
    closeWhenUnused();
  }

  /** Takes no more calls, and closes the sender when the last one has left. */
  synchronized void retire() {
    if (!retired) {
      retired = true;
      closeWhenUnused();
    }
  }

  private void closeWhenUnused() {
    if (retired && users == 0) {
      sender.close();
    }
  }
}
