package dev.carillon.server.wiring;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.account.AccountService;
import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.installation.FactsEndNote;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.reference.ReferenceKeys;
import dev.carillon.engine.reference.References;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.duckdb.DuckLibrary;
import dev.carillon.storage.sql.SqliteLibrary;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stores, in the data folder. */
@Configuration(proxyBeanMethods = false)
public class StoreWiring {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWiring.class);

  /** Begins, in the background, what the stores need before they can be opened. */
  public static void prepare() {
    DuckLibrary.loadInBackground();
    SqliteLibrary.loadInBackground();
  }

  @Bean
  DataFolder dataFolder(CarillonSettings settings, InstantSource clock) {
    return DataFolder.open(settings.data(), settings.memoryLimitMb(), clock);
  }

  @Bean(destroyMethod = "")
  MetadataStore metadata(DataFolder folder) {
    return folder.metadata();
  }

  @Bean(destroyMethod = "")
  FactStore facts(DataFolder folder) {
    return folder.facts();
  }

  /** By the machine's clock, as it is no matter of the account's time. */
  @Bean(initMethod = "start")
  FactsEndNote factsEndNote(DataFolder folder) {
    return new FactsEndNote(folder.metadata(), folder.stampedFacts(), WaitingClock.system());
  }

  /** The account's settings; what the configuration says holds until somebody changes it. */
  @Bean
  AccountService account(
      MetadataStore metadata, FactStore facts, CarillonSettings settings, InstantSource clock) {
    AccountService account =
        new AccountService(
            metadata,
            metadata,
            clock,
            AccountSettings.first(settings.zone(), settings.currency()),
            changed -> facts.defaultCountry(changed.country()));
    AccountSettings now = account.settings();
    if (!now.zone().equals(settings.zone()) || !now.currency().equals(settings.currency())) {
      LOG.info(
          "The account is in {} and {}, as its settings say; carillon.zone and carillon.currency"
              + " count at the first start only",
          now.zone(),
          now.currency());
    }
    return account;
  }

  /**
   * Opens the facts in a data folder, whatever is beside it.
   *
   * @param memoryLimitMb the most memory to use, in MiB; 0: as the store finds right
   */
  public static FactStore openFacts(Path data, int memoryLimitMb) {
    return EmbeddedFactStore.open(DataFolder.settings(data, memoryLimitMb));
  }

  /**
   * The keys that references are signed with. Earlier versions sealed theirs with the key of the
   * connections' secrets; where that cannot be opened, a new one signs.
   */
  @Bean
  References references(MetadataStore metadata, Seal seal) {
    return ReferenceKeys.open(metadata, seal);
  }
}
