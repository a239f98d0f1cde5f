package dev.carillon.server.pages.frame;

import dev.carillon.engine.health.FatalErrors;
import dev.carillon.server.access.login.LoginSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Streams pages to their viewers, each on its own virtual thread, until they go, their session is
 * over, or the server ends. Thread-safe.
 */
@Component
public class SseStreams {
  private static final Logger log = LoggerFactory.getLogger(SseStreams.class);

  /** More than these read the page by asking again. */
  private static final int MOST = 200;

  /** Browsers come again by themselves; a stream ends so that access is checked anew. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** How often the viewer's session is checked. */
  private static final Duration SIGNED_IN_CHECK = Duration.ofSeconds(1);

  private static final long RETRY_MILLIS = 2_000;
  private final LoginSessions sessions;
  private final Semaphore places = new Semaphore(MOST);
  private final CountDownLatch serverEnds = new CountDownLatch(1);

  SseStreams(LoginSessions sessions) {
    this.sessions = sessions;
  }

  /** Ends all streams: a server that stops waits for what it still answers. */
  @EventListener(ContextClosedEvent.class)
  void end() {
    serverEnds.countDown();
  }

  /**
   * How something looks now.
   *
   * @param html what to show
   * @param pause when to look again
   */
  public record Look(String html, Duration pause) {}

  /** Sends what is seen, first at once, then whenever it has changed. */
  public SseEmitter watch(HttpServletRequest request, Supplier<Look> looks) throws IOException {
    SseEmitter emitter = new SseEmitter(LONGEST.toMillis());
    if (!places.tryAcquire()) {
      emitter.send(SseEmitter.event().name("end").data("full"));
      emitter.complete();
      return emitter;
    }
    AtomicBoolean over = new AtomicBoolean();
    BooleanSupplier signedIn = sessions.stillOpen(request);
    Thread thread =
        Thread.ofVirtual().name("watcher").unstarted(() -> run(emitter, looks, signedIn, over));
    Runnable end =
        () -> {
          over.set(true);
          thread.interrupt();
        };
    emitter.onCompletion(end);
    emitter.onTimeout(emitter::complete);
    emitter.onError(_ -> end.run());
    thread.start();
    return emitter;
  }

  private void run(
      SseEmitter emitter, Supplier<Look> looks, BooleanSupplier signedIn, AtomicBoolean over) {
    String before = "";
    try {
      boolean goesOn = true;
      while (!over.get() && goesOn) {
        Look look = looks.get();
        if (!look.html().equals(before)) {
          before = look.html();
          String json = JsonNodeFactory.instance.stringNode(before).toString();
          emitter.send(
              SseEmitter.event().reconnectTime(RETRY_MILLIS).data(json, MediaType.TEXT_PLAIN));
        }
        goesOn = pause(look.pause(), signedIn);
      }
      if (!signedIn.getAsBoolean()) {
        emitter.send(SseEmitter.event().name("end").data("signedOut"));
      }
      emitter.complete();
    } catch (IOException | IllegalStateException gone) {
      log.debug("A watcher has gone: {}", gone.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error failed) {
      FatalErrors.rethrow(failed);
      log.warn("A page could not be followed", failed);
      emitter.completeWithError(failed);
    } finally {
      places.release();
    }
  }

  /** Waits; false as soon as the server ends or the viewer is signed out. */
  private boolean pause(Duration pause, BooleanSupplier signedIn) throws InterruptedException {
    long left = pause.toMillis();
    do {
      long step = Math.min(left, SIGNED_IN_CHECK.toMillis());
      if (serverEnds.await(step, TimeUnit.MILLISECONDS) || !signedIn.getAsBoolean()) {
        return false;
      }
      left -= step;
    } while (left > 0);
    return true;
  }
}
