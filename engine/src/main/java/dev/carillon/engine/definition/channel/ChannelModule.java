package dev.carillon.engine.definition.channel;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.engine.definition.json.JsonPlace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a channel has of its own in a campaign's content: its JSON, what must be there before a
 * launch, and its texts. Without state.
 */
public interface ChannelModule {

  Channel channel();

  /** The members of the JSON that say the message, without {@code provider}. */
  List<String> members();

  /**
   * Reads a message from its members.
   *
   * @param place the object that has them; what is wrong is noted there
   * @param connection the id of the connection that the content names; null when it names none that
   *     can be
   * @return null when something is wrong
   */
  @Nullable MessageContent read(JsonPlace place, @Nullable Integer connection);

  /** Writes the members that {@link #read} reads. */
  void write(ObjectNode json, MessageContent message);

  /** What is missing before the message can be sent; empty when nothing is. */
  List<Problem> check(MessageContent message);

  /** What the message is, in a few words for people, without its texts. */
  String title(MessageContent message);

  /** The texts that Liquid fills, in the order in which a reader meets them. */
  List<String> texts(MessageContent message);

  /**
   * Something that is missing.
   *
   * @param pointer JSON pointer within the message, such as /template/name
   * @param code a stable word
   * @param words what is wrong and what to do
   */
  record Problem(String pointer, String code, String words) {}
}
