package dev.carillon.channels.whatsapp.cloud;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.testkit.channel.CallbackContract;
import dev.carillon.testkit.channel.ProviderWire;

final class CloudCallbackContractTest extends CallbackContract {

  @Override
  protected Provider provider() {
    return CloudWire.provider();
  }

  @Override
  protected Connection connection() {
    return CloudWire.connection();
  }

  @Override
  protected ProviderWire wire() {
    return new CloudWire();
  }
}
