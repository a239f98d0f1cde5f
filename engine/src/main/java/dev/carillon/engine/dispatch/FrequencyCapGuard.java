package dev.carillon.engine.dispatch;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.port.work.RecentSends.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides what users may still get, for all campaigns that this process sends: one decision at a
 * time, each in knowledge of all before. What was sent before a pass began, the pass has read from
 * the store; what was released since is remembered here until every pass that runs has read it too.
 * Thread-safe.
 */
final class FrequencyCapGuard {

  /**
   * A user gets at most so many messages in any stretch of time. What a run sends to a user's
   * several devices is one.
   *
   * @param campaign counts only messages of this campaign; null: of all
   */
  record Rule(SuppressionReason reason, int messages, Duration within, @Nullable Integer campaign) {

    private boolean means(CampaignRun run) {
      return campaign == null || campaign == run.campaign();
    }
  }

  /** A user on a channel. */
  record Person(Channel channel, long key) {}

  private record CampaignRun(int campaign, int run) {}

  private final Map<Person, List<Entry>> byPerson = new HashMap<>();
  private final Map<MessageRef, Entry> byMessage = new HashMap<>();

  /** The passes that run, by the tick at which each began. */
  private final TreeSet<Long> running = new TreeSet<>();

  private long ticks;

  /** A pass is about to read what was sent; to be given {@link #ended} with the answer. */
  synchronized long began() {
    ticks++;
    running.add(ticks);
    return ticks;
  }

  /** A pass ends: what only it had not read can be forgotten. */
  synchronized void ended(long pass) {
    running.remove(pass);
    long oldest = running.isEmpty() ? Long.MAX_VALUE : running.first();
    byMessage
        .values()
        .removeIf(
            entry -> {
              boolean known = entry.settled != 0 && entry.settled < oldest;
              if (known) {
                forget(entry);
              }
              return known;
            });
  }

  private void forget(Entry entry) {
    List<Entry> entries = byPerson.get(entry.person);
    if (entries != null) {
      entries.remove(entry);
      if (entries.isEmpty()) {
        byPerson.remove(entry.person);
      }
    }
  }

  /**
   * Lets a message out, which counts from now on, or says why not.
   *
   * @param run the run that the message belongs to
   * @param before what the pass has read of the person's messages
   */
  synchronized Optional<SuppressionReason> admit(
      MessageRef message,
      int run,
      Person person,
      List<Send> before,
      List<Rule> rules,
      Instant now) {
    CampaignRun own = new CampaignRun(message.campaign(), run);
    if (!isReached(message, own, person, before)) {
      for (Rule rule : rules) {
        if (count(message, own, person, before, rule, now) >= rule.messages) {
          return Optional.of(rule.reason);
        }
      }
    }
    Entry entry = byMessage.get(message);
    if (entry == null) {
      entry = new Entry(message, own, person);
      byMessage.put(message, entry);
      byPerson.computeIfAbsent(person, any -> new ArrayList<>(1)).add(entry);
    }
    entry.at = now;
    entry.counts = true;
    entry.settled = 0;
    return Optional.empty();
  }

  /** Whether the run sends to another device of the person already: then to this one too. */
  private boolean isReached(MessageRef message, CampaignRun own, Person person, List<Send> before) {
    return runs(message, person, before, Instant.MIN).contains(own);
  }

  private int count(
      MessageRef message,
      CampaignRun own,
      Person person,
      List<Send> before,
      Rule rule,
      Instant now) {
    int count = 0;
    for (CampaignRun run : runs(message, person, before, now.minus(rule.within))) {
      if (!run.equals(own) && rule.means(run)) {
        count++;
      }
    }
    return count;
  }

  /**
   * The runs whose other messages to the person count. What is remembered here is newer than what
   * was read of the same message.
   */
  private Set<CampaignRun> runs(
      MessageRef message, Person person, List<Send> before, Instant since) {
    List<Entry> entries = byPerson.getOrDefault(person, List.of());
    if (entries.isEmpty() && before.isEmpty()) {
      return Set.of();
    }
    Set<CampaignRun> runs = new HashSet<>();
    Set<MessageRef> seen = new HashSet<>();
    seen.add(message);
    for (Entry entry : entries) {
      if (seen.add(entry.message) && entry.countsSince(since)) {
        runs.add(entry.run);
      }
    }
    for (Send send : before) {
      if (seen.add(send.message()) && send.at().isAfter(since)) {
        runs.add(new CampaignRun(send.message().campaign(), send.run()));
      }
    }
    return runs;
  }

  /** The message was certainly not taken, so that it does not count. */
  synchronized void notTaken(MessageRef message) {
    Entry entry = byMessage.get(message);
    if (entry != null) {
      entry.counts = false;
    }
  }

  /** The message was sent at this moment at the latest. */
  synchronized void taken(MessageRef message, Instant now) {
    Entry entry = byMessage.get(message);
    if (entry != null) {
      entry.at = now;
    }
  }

  /** All that is known of the message's try is durable. */
  synchronized void settled(MessageRef message) {
    Entry entry = byMessage.get(message);
    if (entry != null) {
      entry.settled = ++ticks;
    }
  }

  /** How many messages are remembered. */
  synchronized int size() {
    return byMessage.size();
  }

  /** A released message. */
  private static final class Entry {
    private final MessageRef message;
    private final CampaignRun run;
    private final Person person;
    private Instant at = Instant.EPOCH;
    private boolean counts;

    /** The tick at which all of it was durable; 0 while it is under way. */
    private long settled;

    private Entry(MessageRef message, CampaignRun run, Person person) {
      this.message = message;
      this.run = run;
      this.person = person;
    }

    /** One that is under way may be sent at any moment from now on. */
    private boolean countsSince(Instant since) {
      return counts && (settled == 0 || at.isAfter(since));
    }
  }
}
