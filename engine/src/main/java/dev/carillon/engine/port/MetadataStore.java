package dev.carillon.engine.port;

/** Where definitions and work in progress are kept: a small transactional database. Thread-safe. */
public interface MetadataStore
    extends CampaignStore,
        SegmentStore,
        SavedViewStore,
        ConnectionStore,
        AccessStore,
        SettingsStore,
        ImportStore,
        InstallationStore,
        AutoCloseable {

  @Override
  void close();
}
