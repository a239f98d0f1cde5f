package dev.carillon.server.demo;

import dev.carillon.engine.time.WaitingClock;
import dev.carillon.simulator.time.SimulatedTime;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/** The clock of the simulated world, as the server's own: both live through the same weeks. */
public final class DemoClock implements WaitingClock {
  private final SimulatedTime time;

  public DemoClock(SimulatedTime time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void sleepUntil(Instant moment) throws InterruptedException {
    if (moment.isAfter(instant())) {
      CountDownLatch come = new CountDownLatch(1);
      time.schedule(moment, Long.MIN_VALUE, come::countDown);
      come.await();
    }
  }
}
