package dev.carillon.engine.connection;

import dev.carillon.core.channel.Channel;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Capabilities;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.Provider;
import java.util.List;
import java.util.Optional;

/** A provider of a later time, whose addresses are called otherwise. Sends nothing. */
final class AddressedProvider implements Provider {
  static final String TYPE = "addressed";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder().build();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        new Field("gateway", "Gateway", "Where.", Kind.ADDRESS, false, "https://a.example"),
        new Field("status", "Status", "Where too.", Kind.ADDRESS, false, null),
        new Field("sender", "Sender", "Who.", Kind.SETTING, false, null),
        new Field("token", "Token", "It.", Kind.SECRET, true, null),
        new Field("spare", "Spare", "It too.", Kind.SECRET, false, null));
  }

  @Override
  public List<Problem> check(Connection connection) {
    return connection.secret("token").isPresent()
        ? List.of()
        : List.of(new Problem("token", "Token is missing."));
  }

  @Override
  public Sender open(Connection connection) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<CallbackAnswer.Rejected> rejectUnread(
      Connection connection, CallbackRequest head) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CallbackAnswer receive(Connection connection, CallbackRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double messagesPerSecond(Connection connection) {
    return 1;
  }

  @Override
  public ErrorMeaning explain(String code) {
    throw new UnsupportedOperationException();
  }
}
