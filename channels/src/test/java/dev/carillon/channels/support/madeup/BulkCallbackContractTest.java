package dev.carillon.channels.support.madeup;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.testkit.provider.CallbackContract;
import dev.carillon.testkit.provider.ProviderWire;
import java.net.URI;

final class BulkCallbackContractTest extends CallbackContract {

  @Override
  protected Provider provider() {
    return new BulkProvider();
  }

  @Override
  protected Connection connection() {
    return BulkWire.connection(URI.create("https://bulk.example"), 30);
  }

  @Override
  protected ProviderWire wire() {
    return new BulkWire();
  }
}
