package dev.carillon.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundLoopTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final ProcessHealth health = new ProcessHealth();

  /** What each step shall throw; empty for one that works. */
  private final BlockingQueue<Optional<Error>> failures = new SynchronousQueue<>();

  /** A clock on which a wait ends when the test says so. */
  private final BlockingQueue<Instant> waits = new SynchronousQueue<>();

  private final WaitingClock clock =
      new WaitingClock() {
        @Override
        public Instant instant() {
          return NOW;
        }

        @Override
        public void sleepUntil(Instant moment) throws InterruptedException {
          waits.put(moment);
        }
      };

  @Test
  void anyThrowableIsSurvivedAndShownUntilTheStepWorksAgain() throws InterruptedException {
    try (BackgroundLoop loop = BackgroundLoop.start("sweeper", health, clock, PAUSE, this::step)) {
      failures.put(Optional.of(new AssertionError("secret")));
      assertThat(waits.poll(10, TimeUnit.SECONDS)).isEqualTo(NOW.plus(PAUSE));
      assertThat(health.problems())
          .containsExactly(
              new ProcessHealth.Problem(
                  "sweeper",
                  "It fails (AssertionError) and is tried again. The log says why.",
                  false));

      failures.put(Optional.of(new NoClassDefFoundError("gone")));
      assertThat(waits.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(health.problems()).singleElement().asString().contains("NoClassDefFoundError");

      failures.put(Optional.empty());
      failures.put(Optional.empty());
      assertThat(health.problems()).isEmpty();
      assertThat(loop).isNotNull();
    }
  }

  private void step() throws InterruptedException {
    Optional<Error> failure = failures.take();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Test
  void anInterruptThatIsNotItsEndIsSurvived() throws InterruptedException {
    AtomicInteger steps = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (BackgroundLoop loop =
        BackgroundLoop.start(
            "sweeper",
            health,
            clock,
            PAUSE,
            () -> {
              if (steps.incrementAndGet() == 1) {
                throw new InterruptedException();
              }
              second.countDown();
              never.await();
            })) {
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(health.problems()).isEmpty();
      assertThat(loop).isNotNull();
    }
  }

  @Test
  void itEndsWhenItIsClosed() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    BackgroundLoop loop =
        BackgroundLoop.start(
            "sweeper",
            health,
            clock,
            PAUSE,
            () -> {
              began.countDown();
              try {
                never.await();
              } finally {
                ended.countDown();
              }
            });
    began.await();
    loop.close();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(health.problems()).isEmpty();
  }

  @Test
  void anErrorThatLeavesTheProcessUnknownEndsItLoudly() throws InterruptedException {
    AtomicBoolean thrown = new AtomicBoolean();
    CountDownLatch uncaught = new CountDownLatch(1);
    Thread.@Nullable UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          thrown.set(failure instanceof InternalError && thread.getName().equals("sweeper"));
          uncaught.countDown();
        });
    try (BackgroundLoop loop = BackgroundLoop.start("sweeper", health, clock, PAUSE, this::step)) {
      failures.put(Optional.of(new InternalError("the JVM broke")));
      assertThat(uncaught.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(thrown).isTrue();
      assertThat(health.problems())
          .containsExactly(
              new ProcessHealth.Problem(
                  "sweeper", "It broke for good (InternalError). Start the process again.", true));
      assertThat(loop).isNotNull();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }
}
