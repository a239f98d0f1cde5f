package dev.carillon.engine.callback;

import dev.carillon.core.campaign.What;
import dev.carillon.core.message.Fact;
import dev.carillon.engine.callback.ConnectionHealth.News;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.facts.Applied;
import dev.carillon.engine.port.facts.AttributionStore;
import dev.carillon.engine.port.facts.Unattributed;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Received;
import dev.carillon.engine.provider.Connections.Connected;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
      switch (fact.kind()) {
        case ACCEPTED -> of(fact).accepted(fact.seq(), fact.at());
        case RECEIPT_SENT, RECEIPT_DELIVERED, RECEIPT_FAILED, VIEWED ->
            of(fact).reported(fact.seq());
        case SUPPRESSED,
            ATTEMPTED,
            RETURNED,
            REFUSED,
            GHOST_SENT,
            CLICKED,
            BOT_CLICKED,
            REPLIED,
            REPLIED_IN_CONTEXT,
            CONVERTED,
            VIEW_CONVERTED,
            CLICK_CONVERTED,
            CONVERSION_SHARED,
            VARIANT_GIVEN -> {
          // These say nothing of callbacks.
        }
      }
    }
  }

  /** How the connection fares now, and what its own state asks for. */
  public ConnectionHealth health(Connected connected) {
    ConnectionHealth health = health(connected.connection().id());
    return connected.sealed() ? health.advising(Connected.SEALED) : health;
  }

  /** How the connection's callbacks fare now. */
  public ConnectionHealth health(int connection) {
    Instant now = clock.instant();
    Receipts.Due sum = new Receipts.Due(0, 0);
    for (Watched campaign : watched.values()) {
      if (campaign.sendsThrough(connection, now)) {
        sum = sum.plus(campaign.receipts.due(now));
      }
    }
    return of(connection)
        .snapshot(sum.accepted(), sum.outstanding(), attribution.unattributed(connection));
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
        long accepted, long outstanding, Unattributed unattributed) {
      return new ConnectionHealth(
          received,
          statuses,
          incoming,
          unmatched,
          Map.copyOf(rejected),
          notUnderstood,
          otherNumber,
          unattributed,
          last,
          accepted,
          outstanding,
          List.copyOf(notices),
          advice(accepted, outstanding, unattributed));
    }

    private List<String> advice(long accepted, long outstanding, Unattributed unattributed) {
      List<String> advice = new ArrayList<>();
      if (unattributed.any()) {
        advice.add(
            counted(unattributed.optOuts(), "opt-out", "opt-outs")
                + " and "
                + counted(unattributed.replies(), "reply", "replies")
                + " came from people whom the provider names by an id, without a phone number, and"
                + " nobody here is known by that id yet. They are kept, and take effect as soon as a"
                + " callback connects the id with a message or a phone number. Until then, look in"
                + " the provider's inbox who wrote, and unsubscribe them on their profiles.");
      }
      long signatures = turnedAway("badSignature", "unsigned");
      if (signatures > 0) {
        advice.add(
            signatures
                + " callbacks were turned away because their signature was missing or wrong."
                + " Compare the connection's app secret with the provider's; if it is right,"
                + " somebody else is calling this address.");
      }
      if (turnedAway("badToken") > 0) {
        advice.add(
            "The provider's check of the address failed because its verify token differs from the"
                + " connection's. Enter the same one on both sides.");
      }
      if (accepted > 0 && statuses == 0) {
        advice.add(
            "The provider took "
                + accepted
                + " messages and has called back about none. Register this connection's callback"
                + " address there, subscribe it to message statuses, and check that it can be"
                + " reached from the internet.");
      } else if (outstanding * 10 > accepted && accepted >= 20) {
        advice.add(
            outstanding
                + " of "
                + accepted
                + " messages that the provider took have had no callback for ten minutes. They"
                + " come later, or the address could not be reached for a while.");
      }
      if (statuses >= 20 && unmatched * 5 > statuses) {
        advice.add(
            unmatched
                + " of "
                + statuses
                + " statuses name no message of ours. Another program may be sending through the"
                + " same account.");
      }
      if (notUnderstood > 0) {
        advice.add(
            notUnderstood
                + " parts of callbacks could not be understood. They are kept; an update may know"
                + " them.");
      }
      return List.copyOf(advice);
    }

    private static String counted(long count, String one, String several) {
      return count + " " + (count == 1 ? one : several);
    }

    private long turnedAway(String... reasons) {
      long sum = 0;
      for (String one : reasons) {
        sum += rejected.getOrDefault(one, 0L);
      }
      return sum;
    }
  }
}
