package dev.carillon.engine.port.account;

import dev.carillon.engine.port.campaign.PlannedCount;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the metadata keeps of the installation as a whole. */
public interface InstallationStore {

  /** The installation; empty before the first start of a server. */
  Optional<Installation> installation();

  void putInstallation(Installation installation);

  /** What the metadata knows of the facts beside it. */
  MetadataMarks marks();

  /**
   * The keys that references of messages are signed with, the latest first: it signs, and all are
   * accepted.
   */
  List<ReferenceKey> referenceKeys();

  /** Keeps a key as the latest. */
  void addReferenceKey(byte[] key);

  /** Puts a key in the place of its sealed form, which earlier versions kept. */
  void openedReferenceKey(int id, byte[] key);

  /**
   * A key that references are signed with.
   *
   * @param key the key itself, or what {@code secrets.key} opens when it is sealed
   */
  record ReferenceKey(int id, byte[] key, boolean sealed) {}

  /**
   * What the metadata knows of the facts.
   *
   * @param installation empty before the first start of a server
   * @param noted the runs that were noted, planned or not
   * @param planned the runs that are planned
   */
  record MetadataMarks(
      Optional<Installation> installation, Set<RunKey> noted, List<PlannedCount> planned) {
    public MetadataMarks {
      noted = Set.copyOf(noted);
      planned = List.copyOf(planned);
    }
  }

  /** Names a run of a campaign. */
  record RunKey(int campaign, int run) {}
}
