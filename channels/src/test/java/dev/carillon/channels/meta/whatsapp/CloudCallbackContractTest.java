package dev.carillon.channels.meta.whatsapp;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.testkit.provider.CallbackContract;
import dev.carillon.testkit.provider.ProviderWire;

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
