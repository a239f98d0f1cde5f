package dev.carillon.server.wiring;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.installation.InstallationCheck;
import dev.carillon.engine.installation.InstallationStart;
import dev.carillon.engine.installation.MismatchException;
import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.facts.FactsMarks;
import dev.carillon.engine.port.facts.SalvageReport;
import dev.carillon.engine.port.facts.StampedFacts;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.settings.StartupProblem;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data folder with both of its databases open. They were found to belong together before anything
 * was done with them.
 */
public final class DataFolder implements AutoCloseable {
  private static final String METADATA = "metadata.db";
  private static final String FACTS = "facts";
  private static final String FACTS_FILE = "facts.duckdb";
  private static final String JOURNAL = "journal";
  private static final String SECRETS = "secrets.key";
  private static final MetadataMarks NO_METADATA =
      new MetadataMarks(Optional.empty(), Set.of(), List.of());
  private static final FactsMarks NO_FACTS = new FactsMarks(Optional.empty(), 0, List.of());

  private final SqliteMetadataStore metadata;
  private final EmbeddedFactStore facts;

  private DataFolder(SqliteMetadataStore metadata, EmbeddedFactStore facts) {
    this.metadata = metadata;
    this.facts = facts;
  }

  /** What is to happen with a folder whose databases are open and nothing is applied yet. */
  private interface Look {
    void at(SqliteMetadataStore metadata, EmbeddedFactStore facts);
  }

  /**
   * Opens a folder for a server, which is made when it is not there, and notes its start.
   *
   * @param memoryLimitMb the most memory of the facts, in MiB; 0: as the store finds right
   * @param clock the account's time
   * @throws StartupProblem when its databases do not belong together
   */
  public static DataFolder open(Path data, int memoryLimitMb, InstantSource clock) {
    DataFolder folder = open(data, memoryLimitMb, clock, InstallationStart::begin);
    // The process that has the facts open has the folder to itself: no earlier one holds chunks
    // now.
    folder.metadata.freeChunks();
    return folder;
  }

  /**
   * Opens a folder for a command that counts in it.
   *
   * @throws StartupProblem when its databases do not belong together
   */
  public static DataFolder read(Path data) {
    return open(
        data,
        0,
        InstantSource.system(),
        (metadata, facts) -> InstallationCheck.require(metadata.marks(), facts.marks()));
  }

  /**
   * Makes a folder whose journal is damaged one that can be opened. Afterwards {@link
   * #requireWhole} says whether anything else is wrong with it.
   *
   * @throws StartupProblem when there are no facts whose journal it could be
   */
  public static SalvageReport salvage(Path data) {
    if (!Files.exists(factsFile(data))) {
      requireNoFacts(data);
      throw new StartupProblem(
          "There is nothing to salvage in "
              + data
              + ": it holds no facts. A start makes what is missing, and begins anew.");
    }
    long least = 0;
    if (Files.exists(data.resolve(METADATA))) {
      try (SqliteMetadataStore metadata = metadata(data)) {
        least = metadata.installation().map(Installation::factsEnd).orElse(0L);
      }
    }
    return EmbeddedFactStore.salvage(settings(data, 0), least);
  }

  /**
   * Finds what keeps a server from starting with a folder whose journal is sound.
   *
   * @throws StartupProblem when its databases do not belong together, in the words of a start
   */
  public static void requireWhole(Path data) {
    FactsMarks facts = EmbeddedFactStore.marks(settings(data, 0));
    if (!Files.exists(data.resolve(METADATA))) {
      requireTogether(data, NO_METADATA, facts);
      return;
    }
    try (SqliteMetadataStore metadata = metadata(data)) {
      requireTogether(data, metadata.marks(), facts);
    }
  }

  /** Whether connections have secrets and the folder holds no key that could open them. */
  public static boolean lacksSecretsKey(Path data) {
    if (Files.exists(data.resolve(SECRETS)) || !Files.exists(data.resolve(METADATA))) {
      return false;
    }
    try (SqliteMetadataStore metadata = metadata(data)) {
      return !metadata.connections().isEmpty();
    }
  }

  /**
   * Opens the metadata alone, also beside a running server.
   *
   * @throws StartupProblem when they are missing beside facts
   */
  public static MetadataStore openMetadata(Path data) {
    if (!Files.exists(data.resolve(METADATA)) && Files.exists(factsFile(data))) {
      throw new StartupProblem(
          "There is no "
              + METADATA
              + " in "
              + data
              + ", beside the facts of an installation. Put it back from a backup.");
    }
    return metadata(data);
  }

  /** Bytes on the disk without which the databases cannot be opened. */
  private static final long LEAST_TO_OPEN = 1 << 20;

  private static DataFolder open(Path data, int memoryLimitMb, InstantSource clock, Look look) {
    OwnerOnly.tighten(data);
    try {
      if (!Files.exists(factsFile(data))) {
        requireNoFacts(data);
      }
      EmbeddedFactStore facts =
          EmbeddedFactStore.prepare(settings(data, memoryLimitMb).withClock(clock));
      SqliteMetadataStore metadata = null;
      try {
        if (!Files.exists(data.resolve(METADATA))) {
          requireTogether(data, NO_METADATA, facts.marks());
        }
        metadata = metadata(data);
        look.at(metadata, facts);
        metadata
            .accountSettings()
            .ifPresent(kept -> facts.defaultCountry(kept.settings().country()));
        facts.start();
        return new DataFolder(metadata, facts);
      } catch (RuntimeException refused) {
        facts.close();
        if (metadata != null) {
          metadata.close();
        }
        throw refused;
      }
    } catch (MismatchException mismatch) {
      throw doNotBelongTogether(data, mismatch);
    } catch (StartupProblem problem) {
      throw problem;
    } catch (RuntimeException failed) {
      throw isFull(data)
          ? new StartupProblem(
              "The disk of the data folder "
                  + data
                  + " is full. Make room, and start again; nothing is lost.",
              failed)
          : failed;
    }
  }

  private static boolean isFull(Path data) {
    try {
      return Files.getFileStore(data).getUsableSpace() < LEAST_TO_OPEN;
    } catch (IOException unknown) {
      return false;
    }
  }

  /**
   * What is left of an installation is not to be used with new facts, which opening makes: neither
   * metadata that were used with others, nor a journal, from which old entries are deleted.
   */
  private static void requireNoFacts(Path data) {
    if (!isEmpty(data.resolve(FACTS).resolve(JOURNAL))) {
      throw new StartupProblem(
          "There is no "
              + FACTS_FILE
              + " beside its journal in "
              + data.resolve(FACTS)
              + ". It cannot be made again from the journal, which holds only the latest entries. "
              + putBack());
    }
    if (Files.exists(data.resolve(METADATA))) {
      try (SqliteMetadataStore metadata = metadata(data)) {
        requireTogether(data, metadata.marks(), NO_FACTS);
      }
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException problem) {
      throw new StartupProblem(
          "The folder " + folder + " cannot be read: " + problem.getMessage(), problem);
    }
  }

  private static void requireTogether(Path data, MetadataMarks metadata, FactsMarks facts) {
    try {
      InstallationCheck.require(metadata, facts);
    } catch (MismatchException mismatch) {
      throw doNotBelongTogether(data, mismatch);
    }
  }

  private static StartupProblem doNotBelongTogether(Path data, MismatchException mismatch) {
    return new StartupProblem(
        "The two databases in "
            + data
            + " do not belong together. "
            + mismatch.getMessage()
            + " "
            + putBack(),
        mismatch);
  }

  private static String putBack() {
    return "Put "
        + METADATA
        + " (with its -wal and -shm) and the folder "
        + FACTS
        + " back from one and the same backup. Nothing was changed.";
  }

  private static Path factsFile(Path data) {
    return data.resolve(FACTS).resolve(FACTS_FILE);
  }

  static SqliteMetadataStore metadata(Path data) {
    return SqliteMetadataStore.open(made(data).resolve(METADATA));
  }

  static FactStoreSettings settings(Path data, int memoryLimitMb) {
    FactStoreSettings settings = FactStoreSettings.in(made(data).resolve(FACTS));
    return memoryLimitMb == 0 ? settings : settings.withMemoryMegabytes(memoryLimitMb);
  }

  private static Path made(Path data) {
    try {
      return OwnerOnly.folder(data);
    } catch (IOException problem) {
      throw new StartupProblem(
          "The data folder " + data + " cannot be made: " + problem.getMessage(), problem);
    }
  }

  public MetadataStore metadata() {
    return metadata;
  }

  public FactStore facts() {
    return facts;
  }

  StampedFacts stampedFacts() {
    return facts;
  }

  @Override
  public void close() {
    facts.close();
    metadata.close();
  }
}
