package dev.carillon.engine.dispatch;

import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Limits;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.engine.dispatch.FrequencyCapGuard.Person;
import dev.carillon.engine.dispatch.FrequencyCapGuard.Rule;
import dev.carillon.engine.port.work.Chunk;
import dev.carillon.engine.port.work.MessageStore;
import dev.carillon.engine.port.work.RecentSends;
import dev.carillon.engine.provider.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What frequency caps and the gap release in one pass over a chunk, target and control alike. It
 * costs nothing where neither is set. Caps are those of the moment at which the pass begins.
 */
final class FrequencyLimits {
  private static final RecentSends NOTHING = new RecentSends(Map.of(), Map.of());

  private final DispatchContext sending;
  private final FrequencyCapGuard guard;
  private final Chunk chunk;
  private final Channel channel;
  private final List<Rule> rules;

  /** Whether what is sent must be counted: here, or by other campaigns. */
  private final boolean counted;

  private final List<MessageRef> unkept = new ArrayList<>();
  private final Set<MessageRef> underWay = ConcurrentHashMap.newKeySet();
  private RecentSends recent = NOTHING;
  private long began;

  FrequencyLimits(
      DispatchContext sending,
      FrequencyCapGuard guard,
      CampaignDefinition definition,
      Chunk chunk) {
    this.sending = sending;
    this.guard = guard;
    this.chunk = chunk;
    this.channel = definition.channel();
    List<FrequencyCap> caps =
        sending.account().settings().caps().stream()
            .filter(cap -> cap.channel() == definition.channel())
            .toList();
    this.rules = rules(definition.limits(), caps, chunk.campaign());
    this.counted = !caps.isEmpty() || !rules.isEmpty();
  }

  private static List<Rule> rules(Limits limits, List<FrequencyCap> caps, int campaign) {
    List<Rule> rules = new ArrayList<>();
    Duration gap = limits.gap();
    if (gap != null) {
      rules.add(new Rule(SuppressionReason.GAP, 1, gap, campaign));
    }
    if (limits.caps()) {
      for (FrequencyCap cap : caps) {
        rules.add(new Rule(SuppressionReason.FREQUENCY_CAP, cap.messages(), cap.within(), null));
      }
    }
    return List.copyOf(rules);
  }

  /** The pass begins; before the store is settled. */
  void begin() {
    if (counted) {
      began = guard.began();
    }
  }

  /**
   * Reads who the chunk's users are, and where a rule counts it, what they were sent lately; after
   * the store is settled.
   */
  void read() {
    if (counted) {
      MessageStore facts = sending.messages();
      recent =
          rules.stream()
              .map(Rule::within)
              .max(Duration::compareTo)
              .map(
                  longest ->
                      facts.recentSends(
                          chunk.campaign(),
                          chunk.fromSeq(),
                          chunk.toSeq(),
                          channel,
                          sending.clock().instant().minus(longest)))
              .orElseGet(
                  () ->
                      new RecentSends(
                          facts.users(chunk.campaign(), chunk.fromSeq(), chunk.toSeq()), Map.of()));
    }
  }

  /** Lets a message out, which counts from now on, or says why not. */
  @Nullable SuppressionReason heldBack(MessageRef message, Instant now) {
    Long user = counted ? recent.users().get(message.seq()) : null;
    if (user == null) {
      return null;
    }
    Optional<SuppressionReason> reason =
        guard.admit(
            message,
            chunk.run(),
            new Person(channel, user),
            recent.sends().getOrDefault(user, List.of()),
            rules,
            now);
    if (reason.isEmpty()) {
      unkept.add(message);
      underWay.add(message);
    }
    return reason.orElse(null);
  }

  /** The intents of all released messages are durable. */
  void kept() {
    unkept.clear();
  }

  /** They could not be kept: nothing of it is sent. */
  void dropped() {
    unkept.forEach(this::notCalled);
    unkept.forEach(this::settled);
    unkept.clear();
  }

  /** A released message is not sent in this pass: no intent of it is kept. */
  void notKept(MessageRef message) {
    unkept.remove(message);
    notCalled(message);
    settled(message);
  }

  /** No call was made, and none will be for this try. */
  void notCalled(MessageRef message) {
    if (counted) {
      guard.notTaken(message);
    }
  }

  /** The provider answered. */
  void answered(MessageRef message, SendResult result, Instant now) {
    if (counted) {
      switch (result) {
        case SendResult.Accepted _, SendResult.Unknown _ -> guard.taken(message, now);
        case SendResult.Failed _ -> guard.notTaken(message);
      }
    }
  }

  /** All that is known of the message's try is durable. */
  void settled(MessageRef message) {
    if (counted) {
      underWay.remove(message);
      guard.settled(message);
    }
  }

  /** The pass is over, and so are its calls. */
  void end() {
    if (counted) {
      // A pass that broke off leaves some behind, which stay as they were.
      underWay.forEach(guard::settled);
      guard.ended(began);
    }
  }
}
