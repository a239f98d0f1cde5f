package dev.carillon.engine.port.people;

import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.Settling;
import java.util.List;
import java.util.Optional;

/** What became of messages, and of whom. */
public interface MessageLifeStore extends Settling {

  /** Everything known of one message; empty when there is none. */
  Optional<MessageLife> life(MessageRef message);

  /** The messages with these numbers and the people behind them, in the order of the numbers. */
  List<MessagePerson> people(int campaign, int[] seqs);
}
