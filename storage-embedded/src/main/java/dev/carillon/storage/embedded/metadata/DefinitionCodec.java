package dev.carillon.storage.embedded.metadata;

import dev.carillon.core.campaign.CampaignDefinition;

/** How a campaign's definition is written as JSON and read back. Thread-safe. */
public interface DefinitionCodec {

  String toJson(CampaignDefinition definition);

  /**
   * The definition that {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when the text is not a definition
   */
  CampaignDefinition fromJson(String json);
}
