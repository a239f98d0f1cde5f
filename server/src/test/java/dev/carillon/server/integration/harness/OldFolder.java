package dev.carillon.server.integration.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;

/** A data folder that an earlier version left, and what that version showed of it. */
public final class OldFolder {
  private OldFolder() {}

  /** Unpacks the folder of that name into an empty one. */
  public static Path unpack(String name, Path into) {
    try (ZipInputStream zip = new ZipInputStream(resource(name + ".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = into.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
      return into;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The numbers that were shown. */
  public static JsonNode expected(String name) {
    try (InputStream json = resource(name + ".json")) {
      return Api.tree(json.readAllBytes());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(OldFolder.class.getResourceAsStream("/folders/" + name));
  }
}
