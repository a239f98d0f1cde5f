package dev.carillon.engine.dispatch;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Run;
import dev.carillon.engine.port.work.HeldConnection;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that one campaign is sent through. Trouble of one holds that one until somebody
 * resumes it, while the others go on; when there is nothing left for others, the campaign pauses.
 * Thread-safe.
 */
final class CampaignConnections {
  private static final Logger LOG = LoggerFactory.getLogger(CampaignConnections.class);

  private final int campaign;
  private final DispatchContext sending;
  private final ChunkRuns passes;
  private final Map<Integer, Map<Integer, Instant>> waiting = new ConcurrentHashMap<>();
  private final Map<Integer, ConnectionSession> sessions = new ConcurrentHashMap<>();

  CampaignConnections(int campaign, DispatchContext sending, ChunkRuns passes) {
    this.campaign = campaign;
    this.sending = sending;
    this.passes = passes;
  }

  /** A new spell of sending begins; what waits for another try still does. */
  void begin() {
    sessions.clear();
  }

  /** What waits for another try need not wait any longer. */
  void forgetWaiting() {
    waiting.clear();
  }

  /** How many messages wait for another try. */
  int waitingMessages() {
    return waiting.values().stream().mapToInt(Map::size).sum();
  }

  /** The connection's part of the spell. */
  ConnectionSession session(int connection, SendingSession session) {
    return sessions.computeIfAbsent(
        connection,
        id -> new ConnectionSession(session, waiting(id), reason -> hold(id, reason, session)));
  }

  private Map<Integer, Instant> waiting(int connection) {
    return waiting.computeIfAbsent(connection, _ -> new ConcurrentHashMap<>());
  }

  private void hold(int connection, String reason, SendingSession session) {
    try {
      Instant now = sending.clock().instant();
      sending.held().holdConnection(new HeldConnection(campaign, connection, reason, now));
      pauseWhenAllHeld(session);
    } catch (RuntimeException trouble) {
      LOG.warn(
          "Connection {} of campaign {} should wait but that cannot be kept now",
          connection,
          campaign,
          trouble);
    }
    passes.signal();
  }

  /** Follows what was held and resumed meanwhile, here or elsewhere. */
  void refresh(SendingSession session) {
    // What ended before the store is read is kept there, unless it was resumed or could not be.
    Set<Integer> over =
        sessions.entrySet().stream()
            .filter(entry -> entry.getValue().over())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Set<Integer> held = ids(sending.held().heldConnections(campaign));
    held.forEach(connection -> session(connection, session).halt());
    for (int connection : over) {
      if (!held.contains(connection) && passes.count(connection) == 0) {
        sessions.remove(connection);
        waiting(connection).clear();
      }
    }
  }

  /**
   * Pauses the campaign when every connection that there is, or will soon be, something to send
   * through is held.
   *
   * @return whether that is so
   */
  boolean pauseWhenAllHeld(SendingSession session) {
    List<HeldConnection> held = sending.held().heldConnections(campaign);
    Optional<Campaign> now = sending.campaigns().campaign(campaign);
    if (held.isEmpty() || now.isEmpty()) {
      return false;
    }
    Set<Integer> left = new HashSet<>(sending.chunks().nextChunks(campaign).keySet());
    if (sending.runs().runs(campaign).stream().anyMatch(Run::waits)) {
      left.addAll(now.get().definition().connections());
    }
    boolean all = ids(held).containsAll(left);
    if (all) {
      session.pause(reason(now.get(), held));
    }
    return all;
  }

  private String reason(Campaign now, List<HeldConnection> held) {
    return held.size() == 1 && now.definition().connections().size() == 1
        ? held.getFirst().reason()
        : held.stream()
            .map(one -> name(one.connection()) + ": " + one.reason())
            .collect(Collectors.joining(" "));
  }

  private String name(int connection) {
    return sending
        .connections()
        .connection(connection)
        .map(known -> known.connection().name())
        .orElse("Connection " + connection);
  }

  private static Set<Integer> ids(List<HeldConnection> held) {
    return held.stream().map(HeldConnection::connection).collect(Collectors.toSet());
  }

  /**
   * The connections that a chunk may be claimed for, those with the fewest in hand first. Chunks in
   * hand are shared out, so that a slow connection leaves the others theirs.
   *
   * @param open when the next chunk is free, by connection
   */
  List<Map.Entry<Integer, Instant>> ready(Map<Integer, Instant> open) {
    List<Map.Entry<Integer, Instant>> going =
        open.entrySet().stream().filter(entry -> goes(entry.getKey())).toList();
    int inHand = sending.settings().chunksInHand();
    int share = going.isEmpty() ? 0 : Math.ceilDiv(inHand, going.size());
    return going.stream()
        .filter(entry -> passes.count(entry.getKey()) < share)
        .filter(entry -> mayWait(waiting(entry.getKey())))
        .sorted(Comparator.comparingInt(entry -> passes.count(entry.getKey())))
        .toList();
  }

  /** Whether more messages may come to wait: those whose time has come do not count. */
  private boolean mayWait(Map<Integer, Instant> messages) {
    int most = sending.settings().waitingMessages();
    Instant now = sending.clock().instant();
    return messages.size() < most
        || messages.values().stream().filter(now::isBefore).limit(most).count() < most;
  }

  private boolean goes(int connection) {
    @Nullable ConnectionSession session = sessions.get(connection);
    return session == null || !session.halted();
  }
}
