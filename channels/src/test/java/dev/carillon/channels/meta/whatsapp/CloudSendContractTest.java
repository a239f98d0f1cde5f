package dev.carillon.channels.meta.whatsapp;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.testkit.provider.ProviderContract;
import dev.carillon.testkit.provider.ProviderWire;
import java.net.URI;
import java.util.List;

final class CloudSendContractTest extends ProviderContract {

  @Override
  protected Provider provider() {
    return CloudWire.provider();
  }

  @Override
  protected Connection connection(URI address, int timeLimitSeconds) {
    return CloudWire.connection(address, timeLimitSeconds);
  }

  @Override
  protected ProviderWire wire() {
    return new CloudWire();
  }

  @Override
  protected MessageContent what() {
    return new WhatsAppTemplate(
        3,
        "summer_sale",
        "en_US",
        null,
        List.of(new WhatsAppTemplate.Parameter(null, "{{ name }}")),
        List.of());
  }

  @Override
  protected String address(URI server) {
    return "16505551234";
  }
}
