package dev.carillon.engine.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that only their owner may read, from their first byte on. Where the file system
 * knows no such permissions, they are as it makes them.
 */
public final class OwnerOnly {
  private static final Logger log = LoggerFactory.getLogger(OwnerOnly.class);
  private static final Set<PosixFilePermission> OF_FOLDERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final Set<PosixFilePermission> OF_FILES =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** The bit of a folder in which everybody may make files, as the system's temporary one. */
  private static final int STICKY = 01000;

  private OwnerOnly() {}

  /** Makes a folder, and those above it that are not there. */
  public static Path folder(Path folder) throws IOException {
    return Files.createDirectories(folder, attributes(OF_FOLDERS));
  }

  /** Makes an empty file unless it is there. */
  public static void touch(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(OF_FILES));
    } catch (FileAlreadyExistsException there) {
      // it keeps what it holds, and its permissions
    }
  }

  /** Opens a file, which gets these permissions when it is made by that. */
  public static FileChannel open(Path file, OpenOption... options) throws IOException {
    return FileChannel.open(file, Set.of(options), attributes(OF_FILES));
  }

  /** Writes a new file beside the given one, forced to the disk, to be put in its place. */
  public static Path draft(Path file, String text) throws IOException {
    Path draft =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            file.getFileName().toString(),
            ".new",
            attributes(OF_FILES));
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    return draft;
  }

  /** Takes away what others may do with a file that another library has made. */
  public static void restrict(Path file) {
    try {
      if (posix()) {
        tightenOne(file);
      }
    } catch (IOException refused) {
      log.warn("Others may read {}, and that cannot be changed: {}", file, refused.toString());
    }
  }

  /**
   * Takes away what others may do with a folder and with all that is in it; says so in the log when
   * there was something to take. What cannot be changed stays as it is, with a warning.
   */
  public static void tighten(Path folder) {
    if (!posix() || !Files.isDirectory(folder)) {
      return;
    }
    int tightened = 0;
    try (Stream<Path> all = Files.walk(folder.toRealPath())) {
      if (isForEverybody(folder)) {
        log.warn("Everybody may write in {}; use a folder of its own", folder);
        return;
      }
      for (Path one : (Iterable<Path>) all::iterator) {
        if (!Files.isSymbolicLink(one) && tightenOne(one)) {
          tightened++;
        }
      }
    } catch (IOException | UncheckedIOException refused) {
      log.warn("Others may read in {}, and that cannot be changed: {}", folder, refused.toString());
    }
    if (tightened > 0) {
      log.info(
          "Others were allowed to use {} files and folders in {}; now only their owner may",
          tightened,
          folder);
    }
  }

  private static boolean tightenOne(Path one) throws IOException {
    try {
      Set<PosixFilePermission> now = Files.getPosixFilePermissions(one);
      if (OF_FOLDERS.containsAll(now)) {
        return false;
      }
      Set<PosixFilePermission> owners = EnumSet.copyOf(OF_FOLDERS);
      owners.retainAll(now);
      Files.setPosixFilePermissions(one, owners);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static boolean isForEverybody(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("unix")
        && (Files.getAttribute(folder, "unix:mode") instanceof Integer mode)
        && (mode & STICKY) != 0;
  }

  /** Whether others may read the file; false where the system cannot say. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    return posix()
        && !OF_FOLDERS.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return posix()
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
