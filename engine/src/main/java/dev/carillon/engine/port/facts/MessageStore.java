package dev.carillon.engine.port.facts;

import dev.carillon.core.Channel;
import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import dev.carillon.core.message.MessageRef;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.port.Settling;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The messages of planned runs, to be sent and to be looked at. */
public interface MessageStore extends Settling {

  /**
   * The messages of a campaign with {@code fromSeq <= seq < toSeq} that planning did not suppress,
   * by number, with what is needed to send each.
   */
  List<Outgoing> outgoing(int campaign, int fromSeq, int toSeq);

  /**
   * The keys of the users whom the messages with {@code fromSeq <= seq < toSeq} are for, by number.
   * Messages that planning suppressed need not be looked at.
   */
  Map<Integer, Long> users(int campaign, int fromSeq, int toSeq);

  /**
   * What the users of some messages were sent lately on a channel, in all campaigns: messages that
   * went out or may have, and ghost sends; none that was refused or whose every try is known not to
   * have been taken. Messages that planning suppressed need not be looked at.
   *
   * @param since only what went out after this
   */
  RecentSends recentSends(int campaign, int fromSeq, int toSeq, Channel channel, Instant since);

  /** Everything known of one message; empty when there is none. */
  Optional<MessageLife> life(MessageRef message);

  /** The messages with these numbers and the people behind them, in the order of the numbers. */
  List<MessagePerson> people(int campaign, int[] seqs);

  /**
   * A planned message on its way.
   *
   * @param seq the message's number
   * @param address the user's address on the channel: E.164 digits without plus for phones
   * @param control whether its user is held out
   * @param variant number of its variant, from 0
   * @param identity how the user is known
   * @param properties the user's properties at this moment, a JSON object
   * @param state how far it has come
   * @param tries how many tries were begun
   * @param notBefore when it may first go out; null when that is the run's own time
   * @param zone the user's zone as the profile names it at this moment; null when it does not
   */
  record Outgoing(
      int seq,
      String address,
      boolean control,
      int variant,
      Identity identity,
      String properties,
      State state,
      int tries,
      @Nullable Instant notBefore,
      @Nullable String zone) {}

  /** How far a message has come, for the one who sends. */
  enum State {
    /** Nothing was tried, or every try is known not to have been taken: it may be sent. */
    OPEN,
    /** A try began and its answer is not known: it must not be sent again. */
    UNCERTAIN,
    /** Sent, refused, suppressed or ghost-sent. */
    DONE
  }

  /**
   * All that is known of one message.
   *
   * @param run number of its run
   * @param identity how the user is known; null when he was deleted
   * @param address the address; null when its user has none
   * @param suppression why planning kept it back; null when it did not
   * @param plannedAt when it was planned
   * @param sentAt when it was first tried or ghost-sent, in whole seconds: the start of its
   *     conversion window; null before
   * @param facts its facts by time
   * @param goalEvents its goal events by time
   * @param callbacks the raw callbacks that told of it, by time
   */
  record MessageLife(
      MessageRef message,
      int run,
      long userKey,
      @Nullable Identity identity,
      @Nullable String address,
      boolean control,
      int variant,
      @Nullable SuppressionReason suppression,
      Instant plannedAt,
      @Nullable Instant sentAt,
      List<Fact> facts,
      List<GoalEvent> goalEvents,
      List<Entry.RawCallback> callbacks) {}

  /**
   * One of the people behind a number.
   *
   * @param identity how the user is known; null when he was deleted
   * @param address the address; null when the user has none
   * @param name the user's Name property; null without
   */
  record MessagePerson(
      int seq,
      @Nullable Identity identity,
      @Nullable String name,
      @Nullable String address,
      int run) {}
}
