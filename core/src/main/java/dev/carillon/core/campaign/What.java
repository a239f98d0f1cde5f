package dev.carillon.core.campaign;

import dev.carillon.core.channel.MessageContent;
import java.util.List;

/** What a campaign says, and through which connections: one message, or variants of it. */
public sealed interface What permits What.Single, Variants {

  /** The messages that users may get, by the number of their variant. */
  List<MessageContent> messages();

  /** The ids of the connections that it is sent through, each once; at least one. */
  default List<Integer> connections() {
    return messages().getFirst().connections();
  }

  /** The id of the first connection. */
  default int connection() {
    return connections().getFirst();
  }

  /** The same message for all users. */
  record Single(MessageContent message) implements What {
    @Override
    public List<MessageContent> messages() {
      return List.of(message);
    }
  }
}
