package dev.carillon.server.access;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.engine.port.MetadataStore;
import dev.carillon.storage.embedded.metadata.DefinitionCodec;
import dev.carillon.storage.embedded.metadata.SqliteMetadataStore;
import java.nio.file.Path;

/** Opens a metadata store that holds no campaigns. */
final class TestStores {
  private TestStores() {}

  static MetadataStore open(Path folder) {
    return SqliteMetadataStore.open(
        folder.resolve("metadata.db"),
        new DefinitionCodec() {
          @Override
          public String toJson(CampaignDefinition definition) {
            throw new UnsupportedOperationException();
          }

          @Override
          public CampaignDefinition fromJson(String json) {
            throw new UnsupportedOperationException();
          }
        });
  }
}
