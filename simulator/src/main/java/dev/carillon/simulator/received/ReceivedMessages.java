package dev.carillon.simulator.received;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All messages that were accepted, and how many requests there were, refused ones included.
 * Messages themselves are kept up to a limit; their references are counted without one.
 * Thread-safe.
 */
public final class ReceivedMessages {

  private final int keep;
  private final Queue<ReceivedMessage> kept = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> timesByOpaque = new ConcurrentHashMap<>();
  private final Map<String, Integer> refusalsByCode = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong accepted = new AtomicLong();

  /**
   * @param keep how many messages to keep whole
   */
  public ReceivedMessages(int keep) {
    this.keep = keep;
  }

  /** Counts a request to send, whatever becomes of it. */
  public void request() {
    requests.incrementAndGet();
  }

  public void accept(ReceivedMessage message) {
    if (accepted.incrementAndGet() <= keep) {
      kept.add(message);
    }
    if (message.opaque() != null) {
      timesByOpaque.merge(message.opaque(), 1, Integer::sum);
    }
  }

  /**
   * Counts a request that was not accepted, under the code that was answered or the kind of break.
   */
  public void refuse(String code) {
    refusalsByCode.merge(code, 1, Integer::sum);
  }

  public long requests() {
    return requests.get();
  }

  public long accepted() {
    return accepted.get();
  }

  public Map<String, Integer> refusals() {
    return new TreeMap<>(refusalsByCode);
  }

  /** How often a message with this reference was accepted. */
  public int times(String opaque) {
    return timesByOpaque.getOrDefault(opaque, 0);
  }

  /** How many different references were accepted. */
  public int references() {
    return timesByOpaque.size();
  }

  /** The kept messages, oldest first, to this recipient and with this reference where given. */
  public Stream<ReceivedMessage> messages(@Nullable String to, @Nullable String opaque) {
    return kept.stream()
        .filter(message -> to == null || digits(message.to()).equals(digits(to)))
        .filter(message -> opaque == null || opaque.equals(message.opaque()));
  }

  /**
   * The references that were accepted more than once: each is a message that somebody got twice.
   */
  public List<Duplicate> duplicates() {
    return timesByOpaque.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> new Duplicate(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Duplicate::opaque))
        .toList();
  }

  /** A reference that was accepted {@code times} times. */
  public record Duplicate(String opaque, int times) {}

  /** Forgets everything. */
  public void clear() {
    kept.clear();
    timesByOpaque.clear();
    refusalsByCode.clear();
    requests.set(0);
    accepted.set(0);
  }

  private static String digits(String number) {
    return number.startsWith("+") ? number.substring(1) : number;
  }
}
