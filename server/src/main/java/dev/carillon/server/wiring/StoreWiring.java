package dev.carillon.server.wiring;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.account.AccountBook;
import dev.carillon.engine.callback.References;
import dev.carillon.engine.connection.Seal;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.MetadataStore;
import dev.carillon.server.StartupProblem;
import dev.carillon.storage.embedded.NativeLibraries;
import dev.carillon.storage.embedded.facts.EmbeddedFactStore;
import dev.carillon.storage.embedded.facts.FactStoreSettings;
import dev.carillon.storage.embedded.metadata.SqliteMetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The stores, in the data folder. */
@Configuration(proxyBeanMethods = false)
public class StoreWiring {
  private static final Logger LOG = LoggerFactory.getLogger(StoreWiring.class);
  private static final String REFERENCE_SECRET = "reference-secret";

  /** Begins, in the background, what the stores need before they can be opened. */
  public static void prepare() {
    NativeLibraries.loadInBackground();
  }

  @Bean
  MetadataStore metadata(CarillonSettings settings) {
    return openMetadata(settings.data());
  }

  /** The account's settings; what the configuration says holds until somebody changes it. */
  @Bean
  AccountBook account(MetadataStore metadata, CarillonSettings settings, InstantSource clock) {
    AccountBook account =
        new AccountBook(
            metadata, metadata, clock, AccountSettings.first(settings.zone(), settings.currency()));
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

  /** Whoever has the facts open is alone with the folder: what died before holds nothing now. */
  @Bean
  FactStore facts(CarillonSettings settings, MetadataStore metadata) {
    FactStore facts = openFacts(settings.data(), settings.memoryLimitMb());
    if (metadata instanceof SqliteMetadataStore own) {
      own.freeChunks();
    }
    return facts;
  }

  /** Opens the metadata in a data folder, which is made when it is not there. */
  public static MetadataStore openMetadata(Path data) {
    return SqliteMetadataStore.open(folder(data).resolve("metadata.db"));
  }

  /**
   * Opens the facts in a data folder.
   *
   * @param memoryLimitMb the most memory to use, in MiB; 0: as the store finds right
   */
  public static FactStore openFacts(Path data, int memoryLimitMb) {
    FactStoreSettings settings = FactStoreSettings.in(folder(data).resolve("facts"));
    return EmbeddedFactStore.open(
        memoryLimitMb == 0 ? settings : settings.withMemoryMegabytes(memoryLimitMb));
  }

  private static Path folder(Path data) {
    try {
      return Files.createDirectories(data);
    } catch (IOException problem) {
      throw new StartupProblem(
          "The data folder " + data + " cannot be made: " + problem.getMessage(), problem);
    }
  }

  /** The secret that references are signed with: made at the first start, kept sealed. */
  @Bean
  References references(MetadataStore metadata, Seal seal) {
    String sealed =
        metadata
            .setting(REFERENCE_SECRET)
            .orElseGet(
                () -> {
                  byte[] secret = new byte[32];
                  new SecureRandom().nextBytes(secret);
                  String fresh =
                      Base64.getEncoder().encodeToString(seal.seal(secret, REFERENCE_SECRET));
                  metadata.putSetting(REFERENCE_SECRET, fresh);
                  return fresh;
                });
    return new References(seal.open(Base64.getDecoder().decode(sealed), REFERENCE_SECRET));
  }
}
