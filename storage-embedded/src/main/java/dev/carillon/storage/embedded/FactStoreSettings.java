package dev.carillon.storage.embedded;

import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How the embedded fact store works.
 *
 * @param folder where its files are; made when it is not there
 * @param memoryMegabytes the most memory that DuckDB takes for itself, outside the Java heap
 * @param threads how many threads DuckDB computes with
 * @param segmentBytes size at which a journal file is full and the next is begun
 * @param batchEntries the most entries that are applied in one transaction
 * @param mostBehind entries not yet applied at which appending waits for the applier
 * @param patience how long appending waits then, before it says that the store is not available
 * @param campaignBytes how much of the Java heap the applier takes for the sets of messages that it
 *     keeps at hand between transactions
 * @param clock says when the time of events that are dated ahead has come
 */
public record FactStoreSettings(
    Path folder,
    int memoryMegabytes,
    int threads,
    long segmentBytes,
    int batchEntries,
    long mostBehind,
    Duration patience,
    long campaignBytes,
    InstantSource clock) {
  private static final int MOST_MEMORY = 4096;
  private static final long MOST_CAMPAIGN_BYTES = 128L << 20;
  private static final int CAMPAIGNS_OF_HEAP = 16;

  /** The settings for a machine of this size: a quarter of its memory, at most 4 GB. */
  public static FactStoreSettings in(Path folder) {
    return new FactStoreSettings(
        folder,
        Math.clamp(machineMegabytes() / 4, 256, MOST_MEMORY),
        Runtime.getRuntime().availableProcessors(),
        64L << 20,
        50_000,
        5_000_000,
        Duration.ofSeconds(20),
        Math.min(MOST_CAMPAIGN_BYTES, Runtime.getRuntime().maxMemory() / CAMPAIGNS_OF_HEAP),
        InstantSource.system());
  }

  public FactStoreSettings withMemoryMegabytes(int megabytes) {
    return with(changed -> changed.memoryMegabytes = megabytes);
  }

  public FactStoreSettings withSegmentBytes(long bytes) {
    return with(changed -> changed.segmentBytes = bytes);
  }

  public FactStoreSettings withBatchEntries(int entries) {
    return with(changed -> changed.batchEntries = entries);
  }

  public FactStoreSettings withMostBehind(long entries, Duration wait) {
    return with(
        changed -> {
          changed.mostBehind = entries;
          changed.patience = wait;
        });
  }

  public FactStoreSettings withCampaignBytes(long bytes) {
    return with(changed -> changed.campaignBytes = bytes);
  }

  public FactStoreSettings withClock(InstantSource other) {
    return with(changed -> changed.clock = other);
  }

  private FactStoreSettings with(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return new FactStoreSettings(
        folder,
        copy.memoryMegabytes,
        threads,
        copy.segmentBytes,
        copy.batchEntries,
        copy.mostBehind,
        copy.patience,
        copy.campaignBytes,
        copy.clock);
  }

  /** What can be changed. */
  private static final class Copy {
    int memoryMegabytes;
    long segmentBytes;
    int batchEntries;
    long mostBehind;
    Duration patience;
    long campaignBytes;
    InstantSource clock;

    Copy(FactStoreSettings settings) {
      memoryMegabytes = settings.memoryMegabytes;
      segmentBytes = settings.segmentBytes;
      batchEntries = settings.batchEntries;
      mostBehind = settings.mostBehind;
      patience = settings.patience;
      campaignBytes = settings.campaignBytes;
      clock = settings.clock;
    }
  }

  private static long machineMegabytes() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize() >> 20
        : Runtime.getRuntime().maxMemory() >> 20;
  }

  public DuckDatabase openDatabase() throws SQLException {
    return new DuckDatabase(folder, memoryMegabytes, threads);
  }
}
