package dev.carillon.storage.embedded.metadata;

import dev.carillon.core.campaign.CampaignDefinition;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the JSON of definitions: writes a number and remembers what it stands for. */
final class RememberingCodec implements DefinitionCodec {
  private final List<CampaignDefinition> written = new CopyOnWriteArrayList<>();

  @Override
  public synchronized String toJson(CampaignDefinition definition) {
    written.add(definition);
    return Integer.toString(written.size() - 1);
  }

  @Override
  public CampaignDefinition fromJson(String json) {
    return written.get(Integer.parseInt(json));
  }
}
