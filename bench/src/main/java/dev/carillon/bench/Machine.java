package dev.carillon.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** What the figures were measured on: without it they say nothing. */
final class Machine {
  private static final long MEBI = 1L << 20;

  private Machine() {}

  /** Seconds of processor time that this process has used: others' load does not distort it. */
  static double cpuSeconds() {
    return bean().getProcessCpuTime() / 1e9;
  }

  private static OperatingSystemMXBean bean() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }

  static String facts() {
    OperatingSystemMXBean machine = bean();
    return String.format(
        Locale.ROOT,
        "%s; %d processors, load %.1f before the start; %,d MiB memory, heap up to %,d MiB; %s %s;"
            + " Java %s",
        LocalDate.now(ZoneOffset.UTC),
        machine.getAvailableProcessors(),
        machine.getSystemLoadAverage(),
        machine.getTotalMemorySize() / MEBI,
        Runtime.getRuntime().maxMemory() / MEBI,
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version());
  }
}
