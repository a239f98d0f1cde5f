package dev.carillon.server.settings;

import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;

/**
 * How large a file may be that comes in a form.
 *
 * @param megabytes of 1,048,576 bytes each
 */
public record UploadLimit(int megabytes) {
  /** What a form may have beside its file. */
  private static final long REST = 1L << 20;

  /** What is said of a file that is larger. */
  public String words() {
    return "A file in a form has at most "
        + megabytes
        + " MB. Split it, and send one part after the other.";
  }

  /** How forms with files are read, which wait in the folder until they have been dealt with. */
  public MultipartConfigElement forms(Path folder) {
    long bytes = (long) megabytes << 20;
    return new MultipartConfigElement(folder.toAbsolutePath().toString(), bytes, bytes + REST, 0);
  }
}
