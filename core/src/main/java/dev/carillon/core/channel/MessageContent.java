package dev.carillon.core.channel;

import java.util.List;

/**
 * What one message of a campaign says: the same for everybody but for what Liquid fills in. Each
 * channel has its own, which only the channel's module and its providers look into.
 */
public interface MessageContent {

  /** The channel that it is sent on. */
  Channel channel();

  /** The ids of the connections that it is sent through, each once; at least one. */
  List<Integer> connections();
}
