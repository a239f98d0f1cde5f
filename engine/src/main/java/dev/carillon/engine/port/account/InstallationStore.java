package dev.carillon.engine.port.account;

import java.util.List;
import java.util.Optional;

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
}
