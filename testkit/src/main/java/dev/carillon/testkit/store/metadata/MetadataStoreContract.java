package dev.carillon.testkit.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.testkit.store.Definitions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MetadataStore} must do. An implementation's test extends this and says how a
 * store is opened; each test starts with an empty one.
 */
public abstract class MetadataStoreContract
    implements CampaignStoreContract<MetadataStore>,
        CampaignListContract<MetadataStore>,
        RunStoreContract<MetadataStore>,
        VariantDecisionContract<MetadataStore>,
        ChunkQueueContract<MetadataStore>,
        HeldConnectionContract<MetadataStore>,
        ThrottleContract<MetadataStore>,
        FigureContract<MetadataStore>,
        SavedViewContract<MetadataStore>,
        SegmentStoreContract<MetadataStore>,
        ConnectionStoreContract<MetadataStore>,
        LoginStoreContract<MetadataStore>,
        KnownPlaceContract<MetadataStore>,
        ApiKeyContract<MetadataStore>,
        AuditContract<MetadataStore>,
        IdentityKeyContract<MetadataStore>,
        SettingsStoreContract<MetadataStore>,
        ImportStoreContract<MetadataStore>,
        InstallationContract<MetadataStore> {
  private final List<MetadataStore> opened = new ArrayList<>();

  /** Opens one more store on the data of this test, as another process would. */
  protected abstract MetadataStore open();

  @Override
  public final MetadataStore store() {
    return opened.isEmpty() ? another() : opened.getFirst();
  }

  @Override
  public final MetadataStore another() {
    MetadataStore store = open();
    opened.add(store);
    return store;
  }

  @Override
  public final int newCampaign() {
    return store().createCampaign(Definitions.draft("Ads"), "meera", Definitions.NOW).id();
  }

  @AfterEach
  void close() {
    opened.forEach(MetadataStore::close);
    opened.clear();
  }

  @Test
  void whatWasKeptIsThereAfterReopening() {
    int id = store().createCampaign(Definitions.full("Diwali sale"), "meera", Definitions.NOW).id();
    store().noteImport("contents", "", Definitions.NOW, Definitions.NOW);
    close();

    assertThat(store().campaign(id).orElseThrow().definition())
        .isEqualTo(Definitions.full("Diwali sale"));
    assertThat(store().firstImport("contents")).contains(Definitions.NOW);
  }
}
