package dev.carillon.server.integration.harness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system of a few megabytes that one process alone has, and that goes with it: a tmpfs in
 * its own namespaces, so that root is not needed and nothing stays mounted. It can be filled and
 * freed from outside.
 */
public final class SmallDisk {
  /** First for everybody; then for root where user namespaces are switched off. */
  private static final List<List<String>> NAMESPACES =
      List.of(List.of("unshare", "-rm"), List.of("unshare", "-m"));

  private final Path folder;
  private final List<String> prefix;

  private SmallDisk(Path folder, List<String> prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** A disk for the process that is started; empty where the system allows none. */
  public static Optional<SmallDisk> make(Path folder, int megabytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (List<String> namespace : NAMESPACES) {
      ArrayList<String> prefix = new ArrayList<>(namespace);
      String mount =
          "mount -t tmpfs -o size=%dm carillon-test '%s' && exec \"$@\""
              .formatted(megabytes, folder);
      prefix.addAll(List.of("sh", "-c", mount, "sh"));
      if (works(prefix)) {
        return Optional.of(new SmallDisk(folder, List.copyOf(prefix)));
      }
    }
    return Optional.empty();
  }

  private static boolean works(List<String> prefix) throws InterruptedException {
    ArrayList<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  /** Where it is, for the process that has it. */
  public Path folder() {
    return folder;
  }

  /** What the process's command must begin with. */
  public List<String> prefix() {
    return prefix;
  }

  /** Writes until not a byte more fits. */
  public void fill(long pid) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel channel =
        FileChannel.open(filler(pid), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int chunk = zeros.capacity(); chunk > 0; ) {
        try {
          zeros.clear().limit(chunk);
          while (zeros.hasRemaining()) {
            channel.write(zeros);
          }
        } catch (IOException full) {
          chunk /= 16;
        }
      }
    }
  }

  public void free(long pid) throws IOException {
    Files.deleteIfExists(filler(pid));
  }

  /** As seen from outside of the process's namespaces. */
  private Path filler(long pid) {
    return Path.of("/proc/" + pid + "/root" + folder.toAbsolutePath()).resolve("filler");
  }
}
