package dev.carillon.server.access.login;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.carillon.server.access.login.LoginThrottle.Try;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The tries to sign in that wait for a token and for a free check, and the draw of who goes next.
 * It is fair between names, then between the addresses that try a name, then between the tries of
 * an address: so asking more often gains nothing, and many from one address take nothing from
 * another. Where too many wait, one of the largest group is dropped. Not thread-safe.
 */
final class WaitingTries {
  static final int MOST = 200;

  private final LoginThrottle throttle;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration patience;
  private final int checksAtOnce;

  private final List<Waiting> waiting = new ArrayList<>();
  private int checks;

  /**
   * @param patience how long a try waits
   * @param checksAtOnce how many tries are checked at once
   */
  WaitingTries(
      LoginThrottle throttle,
      InstantSource clock,
      RandomGenerator random,
      Duration patience,
      int checksAtOnce) {
    this.throttle = throttle;
    this.clock = clock;
    this.random = random;
    this.patience = patience;
    this.checksAtOnce = checksAtOnce;
  }

  /** What became of a try that waited. */
  enum Turn {
    /** It has its tokens, and is checked until {@link #checked}. */
    CHECK,
    TOO_MANY,
    SERVER_ENDS
  }

  /**
   * A try that waits.
   *
   * @param session of the browser that waits for the answer
   */
  record Waiting(Try attempt, String session, Instant since, CompletableFuture<Turn> turn) {
    private String name() {
      return attempt.name();
    }

    private String address() {
      return attempt.address();
    }
  }

  /**
   * A try begins to wait; its turn may come at once. One for the same name from the same session
   * takes the place of the one before, whose answer the browser no longer shows.
   */
  Waiting add(Try attempt, String session) {
    Waiting added = new Waiting(attempt, session, clock.instant(), new CompletableFuture<>());
    waiting.stream()
        .filter(one -> one.session.equals(session) && one.attempt.equals(attempt))
        .toList()
        .forEach(before -> end(before, Turn.TOO_MANY));
    waiting.add(added);
    settle();
    while (waiting.size() > MOST) {
      end(any(largest(largest(waiting, Waiting::address), Waiting::name)), Turn.TOO_MANY);
    }
    return added;
  }

  /** Lets every try go on that may, and ends the wait of those that waited long enough. */
  void settle() {
    while (checks < checksAtOnce && drawOne()) {
      checks++;
    }
    Instant now = clock.instant();
    waiting.stream()
        .filter(one -> isOver(one, now))
        .toList()
        .forEach(over -> end(over, Turn.TOO_MANY));
  }

  private boolean drawOne() {
    Set<Try> free =
        waiting.stream()
            .map(Waiting::attempt)
            .distinct()
            .filter(attempt -> throttle.wait(attempt).isZero())
            .collect(toSet());
    if (free.isEmpty()) {
      return false;
    }
    List<Waiting> ready = waiting.stream().filter(one -> free.contains(one.attempt)).toList();
    Waiting next = any(any(groups(any(groups(ready, Waiting::name)), Waiting::address)));
    throttle.take(next.attempt);
    end(next, Turn.CHECK);
    return true;
  }

  /** A try whose turn it was has been checked. */
  void checked() {
    checks--;
    settle();
  }

  /** Until something may change for this one by time alone; positive. */
  Duration pause(Waiting one) {
    Duration token = throttle.wait(one.attempt);
    Duration left = Duration.between(clock.instant(), one.since.plus(patience));
    return token.isPositive() && token.compareTo(left) < 0 ? token : left;
  }

  /** The one waits no longer. */
  void end(Waiting one, Turn turn) {
    waiting.remove(one);
    one.turn.complete(turn);
  }

  void endAll(Turn turn) {
    List.copyOf(waiting).forEach(one -> end(one, turn));
  }

  int size() {
    return waiting.size();
  }

  private boolean isOver(Waiting one, Instant now) {
    boolean clockWasSetBack = now.isBefore(one.since);
    return clockWasSetBack || !now.isBefore(one.since.plus(patience));
  }

  private static List<List<Waiting>> groups(
      Collection<Waiting> tries, Function<Waiting, String> key) {
    return List.copyOf(
        tries.stream().collect(groupingBy(key, LinkedHashMap::new, toList())).values());
  }

  private List<Waiting> largest(Collection<Waiting> tries, Function<Waiting, String> key) {
    List<List<Waiting>> groups = groups(tries, key);
    int most = groups.stream().mapToInt(List::size).max().orElseThrow();
    return any(groups.stream().filter(group -> group.size() == most).toList());
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
