package dev.carillon.storage.embedded.journal;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.health.OutageLog;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.storage.embedded.problem.DamagedJournalException;
import dev.carillon.storage.embedded.problem.ProblemText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries durable: a file that only grows, forced to the disk before an append returns. One
 * thread writes; all appends that wait for it share one force. Every entry has a position: 0, 1, 2,
 * ... Thread-safe.
 *
 * <p>While the disk refuses, appends fail at once and the thread tries by itself whether it can go
 * on. An {@link Error} ends the thread; from then on every append fails.
 */
public final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_BYTES_TOGETHER = 16 << 20;

  /** The longest that an append waits for others to share its force. */
  private static final long LONGEST_LINGER_NANOS = 300_000;

  /** What remains of the memory of a crowd after each force: half of it after seven hundred. */
  private static final double MEMORY = 0.999;

  private static final int NOBODY = Integer.MAX_VALUE;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /** Gets the entries in their order, as soon as they are durable. */
  public interface Listener {
    void durable(long first, List<Entry> entries, int bytes);
  }

  /** Opens a segment for writing; another one lets tests run out of space. */
  interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  private record Waiting(List<Entry> entries, byte[] bytes, CompletableFuture<Long> written) {}

  private final Path folder;
  private final JournalWriter file;
  private final Listener listener;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final ArrayList<Waiting> together = new ArrayList<>();
  private final Thread writer;
  private volatile long end;
  private volatile boolean closed;
  private final OutageLog outage = new OutageLog(log, "The journal cannot be written");
  private boolean finished;

  /** Why the last record could not be written; null when it could. */
  private volatile @Nullable Exception trouble;

  /** Why nothing is written any more. */
  private volatile @Nullable Throwable failure;

  /** How many appends the writer waits for in the queue. */
  private volatile int awaited = NOBODY;

  /** The most appends that waited at the same moment lately. */
  private double crowd;

  private Journal(Path folder, long segmentBytes, Opener opener, long end, Listener listener) {
    this.folder = folder;
    this.file = new JournalWriter(folder, segmentBytes, opener);
    this.end = end;
    this.listener = listener;
    this.writer = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
  }

  /**
   * Opens the journal in a folder, cuts a torn tail, and goes on after it.
   *
   * @param from the position that must be readable at least: where applying has come to
   * @throws DamagedJournalException when something that may have been acknowledged is not there
   */
  public static Journal open(Path folder, long segmentBytes, long from, Listener listener)
      throws IOException {
    return open(folder, segmentBytes, from, listener, Journal::create);
  }

  static Journal open(Path folder, long segmentBytes, long from, Listener listener, Opener opener)
      throws IOException {
    JournalCheck check = JournalCheck.of(folder, from);
    OwnerOnly.folder(folder);
    if (check.tornFile().isPresent()) {
      cut(check.tornFile().get(), check.whole(), check.torn());
    }
    Journal journal = new Journal(folder, segmentBytes, opener, check.end(), listener);
    journal.writer.start();
    return journal;
  }

  private static FileChannel create(Path file) throws IOException {
    return OwnerOnly.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  private static void cut(Path file, long whole, long torn) throws IOException {
    if (Files.size(file) <= whole) {
      return;
    }
    if (torn > 0) {
      log.warn(
          "{} ends with {} bytes of a record that did not reach the disk as a whole: it was being"
              + " written when the machine or the process stopped, and was not acknowledged. They"
              + " are cut off at byte {}",
          file,
          torn,
          whole);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole);
      channel.force(true);
    }
  }

  /** The position after the last durable entry. */
  public long end() {
    return end;
  }

  public Path folder() {
    return folder;
  }

  /** Whether nothing is made durable any more until the process is started again. */
  public boolean ended() {
    return failure != null;
  }

  /** Why entries cannot be made durable now; empty when they can. */
  public Optional<String> problem() {
    Throwable ended = failure;
    return ended != null
        ? Optional.of(ProblemText.lasting("nothing is accepted", ended))
        : Optional.ofNullable(trouble).map(ProblemText::ofWriting);
  }

  /**
   * Keeps the entries durably, all of them or none, and then returns.
   *
   * @param bytes the entries as {@link EntryCodec} writes them
   * @return the position of the first
   * @throws StoreUnavailableException when they could not be kept
   */
  public long append(List<Entry> entries, byte[] bytes) {
    Waiting waiting = new Waiting(entries, bytes, new CompletableFuture<>());
    if (closed) {
      throw unavailable();
    }
    queue.add(waiting);
    if (queue.size() >= awaited) {
      awaited = NOBODY;
      LockSupport.unpark(writer);
    }
    if (closed && queue.remove(waiting)) {
      throw unavailable();
    }
    try {
      return waiting.written().join(); // the thread completes it, also when it ends
    } catch (CompletionException failed) {
      throw new StoreUnavailableException("the journal cannot be written", failed);
    }
  }

  private StoreUnavailableException unavailable() {
    Throwable ended = failure;
    return ended == null
        ? new StoreUnavailableException("the store is closed")
        : new StoreUnavailableException("the journal does not work any more", ended);
  }

  private void run() {
    try {
      writeUntilClosed();
    } catch (Throwable failed) {
      failure = failed;
    } finally {
      failAll();
    }
  }

  /** All who wait now or come later get the failure. */
  private void failAll() {
    closed = true;
    StoreUnavailableException gone = unavailable();
    together.forEach(waiting -> waiting.written().completeExceptionally(gone));
    for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
      late.written().completeExceptionally(gone);
    }
    Throwable reason = failure;
    if (reason != null) {
      log.error("the journal has ended; Carillon must be started again", reason);
    }
  }

  private void writeUntilClosed() {
    while (true) {
      try {
        together.clear();
        Waiting next =
            trouble == null
                ? queue.take()
                : queue.poll(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
          tryAgain();
          continue;
        }
        if (next.entries().isEmpty()) {
          return;
        }
        linger();
        together.add(next);
        int bytes = next.bytes().length;
        while (bytes < MOST_BYTES_TOGETHER) {
          Waiting more = queue.peek();
          if (more == null
              || more.entries().isEmpty()
              || bytes + more.bytes().length > MOST_BYTES_TOGETHER) {
            break;
          }
          together.add(queue.remove());
          bytes += more.bytes().length;
        }
        write();
      } catch (InterruptedException ignored) {
        // only close() ends this thread, and it does so through the queue
      }
    }
  }

  /**
   * Waits for half of those who seem to be at it: they share one force while the other half is
   * being answered and prepares what comes next.
   */
  private void linger() {
    int others = (int) (crowd / 2) - 1;
    if (queue.size() >= others) {
      return;
    }
    long left = LONGEST_LINGER_NANOS;
    long until = System.nanoTime() + left;
    awaited = others;
    while (queue.size() < others && left > 0) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
    awaited = NOBODY;
  }

  private void write() {
    long first = end;
    int count = together.stream().mapToInt(waiting -> waiting.entries().size()).sum();
    try {
      file.write(first, count, together.stream().map(Waiting::bytes).toList());
      writable();
    } catch (IOException | RuntimeException failed) {
      outage.failed(failed);
      trouble = failed;
      file.giveUp();
      together.forEach(waiting -> waiting.written().completeExceptionally(failed));
      return;
    }
    crowd = Math.max(crowd * MEMORY, together.size() + queue.size());
    long position = first;
    for (Waiting waiting : together) {
      // The file that names a deleted user shall be gone soon, not when it is full.
      if (waiting.entries().stream().anyMatch(Entry.Erasure.class::isInstance)) {
        file.turn();
      }
      end = position + waiting.entries().size();
      listener.durable(position, waiting.entries(), waiting.bytes().length);
      waiting.written().complete(position);
      position = end;
    }
  }

  private void writable() {
    trouble = null;
    outage.ended();
  }

  private void tryAgain() {
    try {
      file.prepare(end);
      writable();
    } catch (IOException | RuntimeException still) {
      outage.failed(still);
      trouble = still;
      file.giveUp();
    }
  }

  /** Deletes the files whose entries all lie before a position. */
  public void deleteBefore(long position) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(folder);
    for (int i = 0; i + 1 < segments.size() && segments.get(i + 1).first() <= position; i++) {
      Files.deleteIfExists(segments.get(i).file());
    }
  }

  /**
   * Writes what waits, as far as the time allows, and ends the thread.
   *
   * @return whether the thread has ended and the files are closed
   */
  public boolean close(Duration patience) {
    if (finished) {
      return true;
    }
    closed = true;
    queue.add(new Waiting(List.of(), new byte[0], new CompletableFuture<>()));
    try {
      if (!writer.join(patience)) {
        return false;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    finished = true;
    if (failure == null) {
      file.close(end);
    }
    return true;
  }

  @Override
  public void close() {
    close(Duration.ofMinutes(1));
  }
}
