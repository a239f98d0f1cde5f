package dev.carillon.engine.port.store;

import dev.carillon.engine.port.WriteProbe;
import dev.carillon.engine.port.access.ApiKeyStore;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.engine.port.access.IdentityKeyStore;
import dev.carillon.engine.port.access.KnownPlaceStore;
import dev.carillon.engine.port.access.LoginStore;
import dev.carillon.engine.port.account.ConnectionStore;
import dev.carillon.engine.port.account.InstallationStore;
import dev.carillon.engine.port.account.SettingsStore;
import dev.carillon.engine.port.audience.SegmentStore;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.SavedViewStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.engine.port.figures.FigureStore;
import dev.carillon.engine.port.people.ImportStore;
import dev.carillon.engine.port.work.ChunkQueue;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.engine.port.work.ThrottleStore;

/** Where definitions and work in progress are kept: a small transactional database. Thread-safe. */
public interface MetadataStore
    extends CampaignStore,
        RunStore,
        VariantDecisionStore,
        ChunkQueue,
        HeldConnectionStore,
        ThrottleStore,
        FigureStore,
        SegmentStore,
        SavedViewStore,
        ConnectionStore,
        LoginStore,
        KnownPlaceStore,
        ApiKeyStore,
        AuditStore,
        IdentityKeyStore,
        SettingsStore,
        ImportStore,
        InstallationStore,
        WriteProbe,
        AutoCloseable {

  @Override
  void close();
}
