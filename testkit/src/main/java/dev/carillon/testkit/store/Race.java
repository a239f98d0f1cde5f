package dev.carillon.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Threads that do the same thing at the same time. */
public final class Race {
  private Race() {}

  /**
   * Runs the action in so many threads, started together.
   *
   * @return what each of them got, by its number
   */
  public static <T> List<T> of(int racers, IntFunction<T> action) {
    CyclicBarrier start = new CyclicBarrier(racers);
    try (ExecutorService threads = Executors.newFixedThreadPool(racers)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < racers; i++) {
        int racer = i;
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.apply(racer);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
