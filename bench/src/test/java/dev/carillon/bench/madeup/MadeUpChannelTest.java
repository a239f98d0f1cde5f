package dev.carillon.bench.madeup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel with a provider is added by few files, and the compiler asks for each of them. */
class MadeUpChannelTest {
  private static final int MOST_FILES = 8;

  @TempDir private Path copy;
  @TempDir private Path data;

  @Test
  @Timeout(300)
  void aChannelIsAddedByFewFiles() throws Exception {
    MadeUpChannel channel = new MadeUpChannel(project(), copy);
    channel.apply();
    System.out.println(
        "A channel and its provider touch "
            + channel.touched().size()
            + " files:\n  "
            + String.join("\n  ", channel.touched()));
    assertThat(channel.touched()).hasSizeLessThanOrEqualTo(MOST_FILES);
    assertThat(channel.compile()).isEmpty();
    assertThat(channel.prove(data))
        .contains("A campaign on the made-up channel was read, planned and sent.")
        .doesNotContain("It ended with");
  }

  private static Path project() throws Exception {
    Path folder = Path.of("").toRealPath();
    while (!Files.exists(folder.resolve("carillon"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder;
  }
}
