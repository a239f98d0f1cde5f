package dev.carillon.engine.port.work;

import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.Settling;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The messages of planned runs, as sending needs them. */
public interface MessageStore extends Settling {

  /**
   * The messages of a campaign with {@code fromSeq <= seq < toSeq} that planning did not suppress,
   * by number, with what is needed to send each.
   */
  List<Outgoing> outgoing(int campaign, int fromSeq, int toSeq);

  /**
   * The keys of the users that the messages with {@code fromSeq <= seq < toSeq} are for, by number.
   * Messages that planning suppressed need not be looked at.
   */
  Map<Integer, Long> users(int campaign, int fromSeq, int toSeq);

  /**
   * What the users of some messages were sent lately on a channel, in all campaigns: messages that
   * was sent or may have been, and ghost sends; none that was refused or whose every try is known
   * not to have been taken. Messages that planning suppressed need not be looked at.
   *
   * @param since only what was sent after this
   */
  RecentSends recentSends(int campaign, int fromSeq, int toSeq, Channel channel, Instant since);
}
