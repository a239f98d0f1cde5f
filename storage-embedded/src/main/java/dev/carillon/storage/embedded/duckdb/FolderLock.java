package dev.carillon.storage.embedded.duckdb;

import dev.carillon.engine.files.OwnerOnly;
import dev.carillon.engine.port.StoreInUseException;
import dev.carillon.engine.port.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a data folder for one process and one store; the system gives it free when both end. */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws StoreInUseException when the folder is in use
   * @throws StoreUnavailableException when it cannot be written
   */
  public static FolderLock of(Path folder) {
    try {
      OwnerOnly.folder(folder);
      FileChannel channel =
          OwnerOnly.open(
              folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StoreInUseException(
            "the data folder " + folder + " is in use by another Carillon; stop it first");
      }
      return new FolderLock(channel);
    } catch (IOException failed) {
      throw new StoreUnavailableException("cannot write in the data folder " + folder, failed);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ended) {
      // the lock ends with the process at the latest
    }
  }
}
