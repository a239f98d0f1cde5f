package dev.carillon.engine.callback;

import dev.carillon.core.campaign.What;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.FactKind.Meaning;
import dev.carillon.engine.callback.ConnectionHealth.News;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.AttributionStore;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Received;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connections.Connected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches each connection's callbacks, so that missing, late, unsigned or unmatched ones are
 * noticed and explained. What it counts begins with the process. Thread-safe.
 */
public final class CallbackHealth {
  private static final int NOTICES = 20;
  private static final int REASONS = 20;

  /** How long it is taken for granted through which connection a campaign sends. */
  private static final Duration CONNECTION_HOLDS = Duration.ofMinutes(1);

  private final CampaignStore campaigns;
  private final AttributionStore attribution;
  private final InstantSource clock;
  private final Map<Integer, Counts> counts = new ConcurrentHashMap<>();
  private final Map<Integer, Watched> watched = new ConcurrentHashMap<>();

  public CallbackHealth(
      CampaignStore campaigns, AttributionStore attribution, InstantSource clock) {
    this.campaigns = campaigns;
    this.attribution = attribution;
    this.clock = clock;
  }

  void rejected(int connection, String reason) {
    of(connection).rejected(reason);
  }

  void received(int connection, Instant at, Received received, int unmatched) {
    of(connection).received(at, received, unmatched);
  }

  /** Counts changes about numbers that no connection has. */
  void otherNumber(int connection, long changes) {
    if (changes > 0) {
      of(connection).otherNumber(changes);
    }
  }

  /** Learns which messages were accepted and which were reported; to be given to the store. */
  public void onApplied(Applied applied) {
    for (Fact fact : applied.facts()) {
      if (fact.kind() == FactKind.ACCEPTED) {
        of(fact).accepted(fact.seq(), fact.at());
      } else if (fact.kind().has(Meaning.RECEIPT)) {
        of(fact).reported(fact.seq());
      }
    }
  }

  /** How the connection's callbacks fare now, and what it asks for. */
  public ConnectionHealth health(Connected connected) {
    int connection = connected.connection().id();
    Instant now = clock.instant();
    Receipts.Due sum = new Receipts.Due(0, 0);
    for (Watched campaign : watched.values()) {
      if (campaign.sendsThrough(connection, now)) {
        sum = sum.plus(campaign.receipts.due(now));
      }
    }
    ConnectionHealth health =
        of(connection)
            .snapshot(
                sum, attribution.unattributed(connection), connected.provider().capabilities());
    return connected.sealed() ? health.advising(List.of(Connected.SEALED)) : health;
  }

  /** A campaign of which messages were sent since this process started. */
  private final class Watched {
    private final int campaign;
    private final Receipts receipts;
    private @Nullable Integer connection;
    private Instant askAgainAt = Instant.MIN;

    private Watched(int campaign, Instant now) {
      this.campaign = campaign;
      this.receipts = new Receipts(now);
    }

    /** A campaign that repeats can get another connection, but that need not be known at once. */
    private synchronized boolean sendsThrough(int one, Instant now) {
      if (!now.isBefore(askAgainAt)) {
        connection =
            campaigns
                .campaign(campaign)
                .map(found -> found.definition().what())
                .map(What::connection)
                .orElse(null);
        askAgainAt = now.plus(CONNECTION_HOLDS);
      }
      return connection != null && connection == one;
    }
  }

  private Counts of(int connection) {
    return counts.computeIfAbsent(connection, _ -> new Counts());
  }

  private Receipts of(Fact fact) {
    Watched known = watched.get(fact.campaign());
    return (known == null ? begin(fact.campaign()) : known).receipts;
  }

  /** With each campaign that begins, the others let go what is only counted by now. */
  private Watched begin(int campaign) {
    Instant now = clock.instant();
    watched.values().forEach(other -> other.receipts.shrink(now));
    return watched.computeIfAbsent(campaign, id -> new Watched(id, now));
  }

  private static final class Counts {
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Deque<News> notices = new ArrayDeque<>();
    private long received;
    private long statuses;
    private long incoming;
    private long unmatched;
    private long notUnderstood;
    private long otherNumber;
    private @Nullable Instant last;

    private synchronized void rejected(String reason) {
      if (rejected.size() < REASONS || rejected.containsKey(reason)) {
        rejected.merge(reason, 1L, Long::sum);
      }
    }

    private synchronized void otherNumber(long changes) {
      otherNumber += changes;
    }

    private synchronized void received(Instant at, Received callback, int unmatchedNow) {
      received++;
      unmatched += unmatchedNow;
      notUnderstood += callback.notUnderstood();
      last = last == null || last.isBefore(at) ? at : last;
      for (Item item : callback.items()) {
        switch (item) {
          case Item.Status _ -> statuses++;
          case Item.Incoming _ -> incoming++;
          case Item.Wish _, Item.Dead _, Item.Named _, Item.Recipient _, Item.Moved _ -> {
            // Counted with the callback.
          }
          case Item.Notice notice -> notice(new News(at, notice.topic(), notice.text()));
        }
      }
    }

    private void notice(News news) {
      notices.addFirst(news);
      if (notices.size() > NOTICES) {
        notices.removeLast();
      }
    }

    private synchronized ConnectionHealth snapshot(
        Receipts.Due due, Unattributed unattributed, Capabilities capabilities) {
      ConnectionHealth counted =
          new ConnectionHealth(
              received,
              statuses,
              incoming,
              unmatched,
              Map.copyOf(rejected),
              notUnderstood,
              otherNumber,
              unattributed,
              last,
              due.accepted(),
              due.outstanding(),
              List.copyOf(notices),
              List.of());
      return counted.advising(CallbackAdvice.on(counted, capabilities));
    }
  }
}
