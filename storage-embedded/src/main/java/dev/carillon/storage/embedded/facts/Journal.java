package dev.carillon.storage.embedded.facts;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.Entry;
import dev.carillon.engine.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries durable: a file that only grows, forced to the disk before an append returns. One
 * thread writes; all appends that wait for it share one force. Every entry has a position: 0, 1, 2,
 * ... Thread-safe.
 *
 * <p>A force that fails says nothing of what reached the disk, so after any failure what was not
 * acknowledged is cut off and the next append begins a new file. Where two files hold a position,
 * the later file is right.
 */
final class Journal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_BYTES_TOGETHER = 16 << 20;

  /** The longest that an append waits for others to share its force. */
  private static final long LONGEST_LINGER_NANOS = 300_000;

  /** What remains of the memory of a crowd after each force: half of it after seven hundred. */
  private static final double MEMORY = 0.999;

  private static final int NOBODY = Integer.MAX_VALUE;
  private static final int RESERVED_TOGETHER = 4 << 20;

  /** Is told of entries in their order, as soon as they are durable. */
  interface Listener {
    void durable(long first, List<Entry> entries, int bytes);
  }

  /** Opens a segment for writing; another one lets tests run out of space. */
  interface Opener {
    FileChannel open(Path file) throws IOException;
  }

  private record Waiting(List<Entry> entries, byte[] bytes, CompletableFuture<Long> written) {}

  private final Path folder;
  private final long segmentBytes;
  private final Opener opener;
  private final Listener listener;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile long end;
  private volatile boolean closed;

  /** How many appends the writer waits for in the queue. */
  private volatile int awaited = NOBODY;

  /** The most appends that waited at the same moment lately. */
  private double crowd;

  private @Nullable FileChannel channel;
  private long durableBytes;
  private long reservedBytes;
  private boolean turn;

  private Journal(Path folder, long segmentBytes, Opener opener, long end, Listener listener) {
    this.folder = folder;
    this.segmentBytes = segmentBytes;
    this.opener = opener;
    this.end = end;
    this.listener = listener;
    this.writer = Thread.ofPlatform().name("journal").daemon().unstarted(this::run);
  }

  /**
   * Opens the journal in a folder, cuts a torn tail, and goes on after it.
   *
   * @param from the position that must be readable at least: where applying has come to
   */
  static Journal open(Path folder, long segmentBytes, long from, Listener listener)
      throws IOException {
    return open(folder, segmentBytes, from, listener, Journal::create);
  }

  static Journal open(Path folder, long segmentBytes, long from, Listener listener, Opener opener)
      throws IOException {
    OwnerOnly.folder(folder);
    long end = Math.max(from, cutTornTail(folder));
    Journal journal = new Journal(folder, segmentBytes, opener, end, listener);
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

  private static long cutTornTail(Path folder) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(folder);
    if (segments.isEmpty()) {
      return 0;
    }
    JournalSegment last = segments.getLast();
    long end = last.first();
    long whole;
    try (JournalSegment.Reader reader = last.read()) {
      JournalSegment.Batch batch;
      while ((batch = reader.next()) != null) {
        end = batch.first() + batch.count();
      }
      whole = reader.offset();
    }
    long rest = Files.size(last.file()) - whole;
    if (rest > 0) {
      log.info("cutting {} bytes that hold nothing acknowledged from {}", rest, last.file());
      try (FileChannel channel = FileChannel.open(last.file(), StandardOpenOption.WRITE)) {
        channel.truncate(whole);
        channel.force(true);
      }
    }
    return end;
  }

  /** The position after the last durable entry. */
  long end() {
    return end;
  }

  Path folder() {
    return folder;
  }

  /**
   * Keeps the entries durably, all of them or none, and then returns.
   *
   * @param bytes the entries as {@link EntryCodec} writes them
   * @return the position of the first
   * @throws StoreUnavailableException when they could not be kept
   */
  long append(List<Entry> entries, byte[] bytes) {
    Waiting waiting = new Waiting(entries, bytes, new CompletableFuture<>());
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    queue.add(waiting);
    if (queue.size() >= awaited) {
      awaited = NOBODY;
      LockSupport.unpark(writer);
    }
    if (closed && queue.remove(waiting)) {
      throw new StoreUnavailableException("the store is closed");
    }
    try {
      return waiting.written().join();
    } catch (CompletionException failed) {
      throw new StoreUnavailableException("the journal cannot be written", failed);
    }
  }

  private void run() {
    ArrayList<Waiting> together = new ArrayList<>();
    while (true) {
      try {
        together.clear();
        Waiting next = queue.take();
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
        write(together);
      } catch (InterruptedException ignored) {
        // nobody but close() ends this thread, and it does so through the queue
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

  private void write(List<Waiting> together) {
    long first = end;
    int count = together.stream().mapToInt(waiting -> waiting.entries().size()).sum();
    try {
      writeRecord(first, count, together.stream().map(Waiting::bytes).toList());
    } catch (IOException | RuntimeException failed) {
      log.error("the journal cannot be written", failed);
      giveUpSegment();
      together.forEach(waiting -> waiting.written().completeExceptionally(failed));
      return;
    }
    crowd = Math.max(crowd * MEMORY, together.size() + queue.size());
    long position = first;
    for (Waiting waiting : together) {
      // The file that names a deleted user shall be gone soon, not when it is full.
      turn |= waiting.entries().stream().anyMatch(Entry.Erasure.class::isInstance);
      end = position + waiting.entries().size();
      listener.durable(position, waiting.entries(), waiting.bytes().length);
      waiting.written().complete(position);
      position = end;
    }
  }

  private void writeRecord(long first, int count, List<byte[]> parts) throws IOException {
    FileChannel to = segment(first);
    ByteBuffer record = JournalSegment.record(first, count, parts);
    int bytes = record.remaining();
    reserve(to, bytes);
    to.position(durableBytes);
    while (record.hasRemaining()) {
      to.write(record);
    }
    to.force(false);
    durableBytes += bytes;
  }

  /**
   * Fills the file with zeros ahead of what is written: a force that need not change the file's
   * length costs a fraction of one that must.
   */
  private void reserve(FileChannel to, long bytes) throws IOException {
    if (durableBytes + bytes <= reservedBytes) {
      return;
    }
    long until = durableBytes + Math.max(bytes, Math.min(RESERVED_TOGETHER, segmentBytes));
    ByteBuffer zeros = ByteBuffer.allocate(1 << 16);
    to.position(reservedBytes);
    while (reservedBytes < until) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), until - reservedBytes));
      reservedBytes += to.write(zeros);
    }
    to.force(true);
  }

  private FileChannel segment(long first) throws IOException {
    FileChannel open = channel;
    if (open != null && durableBytes < segmentBytes && !turn) {
      return open;
    }
    if (open != null) {
      channel = null;
      try (open) {
        open.truncate(durableBytes);
      }
    }
    turn = false;
    FileChannel fresh = opener.open(JournalSegment.in(folder, first).file());
    channel = fresh;
    durableBytes = JournalSegment.HEADER_BYTES;
    reservedBytes = durableBytes;
    ByteBuffer header = JournalSegment.header();
    while (header.hasRemaining()) {
      fresh.write(header);
    }
    forceFolder();
    return fresh;
  }

  private void forceFolder() throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private void giveUpSegment() {
    FileChannel broken = channel;
    channel = null;
    if (broken == null) {
      return;
    }
    try (broken) {
      broken.truncate(durableBytes);
      broken.force(true);
    } catch (IOException stillBroken) {
      log.warn("what was not acknowledged stays in the journal's file until it is deleted");
    }
  }

  /** Deletes the files whose entries all lie before a position. */
  void deleteBefore(long position) throws IOException {
    List<JournalSegment> segments = JournalSegment.all(folder);
    for (int i = 0; i + 1 < segments.size() && segments.get(i + 1).first() <= position; i++) {
      Files.deleteIfExists(segments.get(i).file());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    queue.add(new Waiting(List.of(), new byte[0], new CompletableFuture<>()));
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    StoreUnavailableException gone = new StoreUnavailableException("the store is closed");
    queue.forEach(waiting -> waiting.written().completeExceptionally(gone));
    closeChannel();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeChannel() {
    try {
      if (channel != null) {
        try (FileChannel open = channel) {
          open.truncate(durableBytes);
        }
      }
    } catch (IOException failed) {
      log.warn("closing the journal failed; what was acknowledged is on the disk", failed);
    }
  }
}
