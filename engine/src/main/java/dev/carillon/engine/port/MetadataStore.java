package dev.carillon.engine.port;

/** Where definitions and work in progress are kept: a small transactional database. Thread-safe. */
public interface MetadataStore
    extends CampaignStore,
        SegmentStore,
        SavedViewStore,
        ConnectionStore,
        AccessStore,
        IdentityKeyStore,
        SettingsStore,
        ImportStore,
        InstallationStore,
        AutoCloseable {

  /**
   * Writes something durably that means nothing, to see whether anything can be written.
   *
   * @throws StoreUnavailableException when it cannot
   */
  void probe();

  @Override
  void close();
}
