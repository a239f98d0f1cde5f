package dev.carillon.core.channel;

import java.util.List;

/**
 * A note that a pigeon carries.
 *
 * @param connection the connection's id
 * @param text Liquid
 */
public record PigeonNote(int connection, String text) implements MessageContent {

  @Override
  public Channel channel() {
    return Channel.PIGEON;
  }

  @Override
  public List<Integer> connections() {
    return List.of(connection);
  }
}
