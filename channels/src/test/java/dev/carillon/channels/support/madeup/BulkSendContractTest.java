package dev.carillon.channels.support.madeup;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.testkit.provider.ProviderContract;
import dev.carillon.testkit.provider.ProviderWire;
import java.net.URI;
import java.util.List;

final class BulkSendContractTest extends ProviderContract {

  @Override
  protected Provider provider() {
    return new BulkProvider();
  }

  @Override
  protected Connection connection(URI address, int timeLimitSeconds) {
    return BulkWire.connection(address, timeLimitSeconds);
  }

  @Override
  protected ProviderWire wire() {
    return new BulkWire();
  }

  @Override
  protected MessageContent what() {
    return new WhatsAppTemplate(1, "sale", "en", null, List.of(), List.of());
  }

  @Override
  protected String address(URI server) {
    return "16505551234";
  }
}
