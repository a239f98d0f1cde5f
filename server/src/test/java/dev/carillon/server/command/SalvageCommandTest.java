package dev.carillon.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.server.wiring.DataFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code carillon salvage} says of folders that lack a part, beside what a start says. */
class SalvageCommandTest {
  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    data = folder.resolve("data");
    try (DataFolder open = DataFolder.open(data, 256, InstantSource.system())) {
      open.metadata()
          .createCampaign(
              CampaignDefinition.draft("Kept", Channel.WHATSAPP, ControlGroup.NONE), "me", AT);
      open.metadata()
          .createConnection("whatsapp-cloud", "Kept", Map.of(), id -> new byte[] {1}, AT);
      Identity ann = Identity.user("ann");
      open.facts()
          .append(List.of(new Entry.OfProfile(new ProfileChange(ann, ann.key(), "{}", AT, AT))));
      open.facts().settle();
    }
    Files.writeString(data.resolve("secrets.key"), "a key");
  }

  @Test
  void aWholeFolderIsSound() {
    assertThat(salvage()).isEqualTo("The journal is sound; nothing was changed.\n0");
    assertThat(start()).isEmpty();
  }

  @Test
  void withoutItsDatabaseTheJournalIsNoUse() throws IOException {
    Files.delete(data.resolve("facts/facts.duckdb"));
    assertRefusedAlike(
        "There is no facts.duckdb beside its journal", "from one and the same backup");
    assertThat(data.resolve("facts/facts.duckdb")).doesNotExist();
    Files.delete(data.resolve("metadata.db"));
    assertRefusedAlike(
        "There is no facts.duckdb beside its journal", "from one and the same backup");
    assertThat(data.resolve("metadata.db")).doesNotExist();
  }

  @Test
  void withoutAnyFactsTheMetadataAreNoUse() throws IOException {
    delete(data.resolve("facts"));
    assertRefusedAlike("The facts are missing", "from one and the same backup");
  }

  @Test
  void withoutMetadataTheFactsAreNoUse() throws IOException {
    for (String file : List.of("metadata.db", "metadata.db-wal", "metadata.db-shm")) {
      Files.deleteIfExists(data.resolve(file));
    }
    assertRefusedAlike("The metadata are missing", "from one and the same backup");
    assertThat(data.resolve("metadata.db")).doesNotExist();
  }

  @Test
  void aMissingJournalIsSalvagedAndThenAServerStarts() throws IOException {
    delete(data.resolve("facts/journal"));
    assertThat(start()).contains("its files are missing", "carillon salvage");
    assertThat(salvage()).contains("its files are missing", "More may be missing").endsWith("\n1");
    assertThat(start()).isEmpty();
  }

  @Test
  void withoutTheJournalsMarkAServerStarts() throws IOException {
    Files.delete(data.resolve("facts/journal/mark"));
    assertThat(salvage()).isEqualTo("The journal is sound; nothing was changed.\n0");
    assertThat(start()).isEmpty();
  }

  @Test
  void aMissingKeyIsNamedAndAServerStarts() throws IOException {
    Files.delete(data.resolve("secrets.key"));
    assertThat(salvage()).contains("There is no secrets.key", "Put the key back").endsWith("\n1");
    assertThat(start()).isEmpty();
  }

  @Test
  void anEmptyFolderStaysEmpty() throws IOException {
    delete(data);
    Files.createDirectory(data);
    assertThat(salvage()).contains("There is nothing to salvage").endsWith("\n2");
    assertThat(data).isEmptyDirectory();
  }

  private void assertRefusedAlike(String... words) {
    assertThat(start()).contains(words);
    assertThat(salvage()).contains(start()).endsWith("\n2");
  }

  /** Why a server does not start with the folder; empty when it does. */
  private String start() {
    Throwable refusal =
        catchThrowable(() -> DataFolder.open(data, 256, InstantSource.system()).close());
    return refusal == null ? "" : words(refusal);
  }

  private static String words(Throwable refusal) {
    return refusal.getCause() == null
        ? String.valueOf(refusal.getMessage())
        : refusal.getMessage() + " " + words(refusal.getCause());
  }

  private String salvage() {
    StringWriter said = new StringWriter();
    PrintWriter to = new PrintWriter(said, true);
    int exit =
        new CommandLine(new SalvageCommand())
            .setOut(to)
            .setErr(to)
            .setExecutionExceptionHandler(
                (problem, command, arguments) -> {
                  command.getErr().println(words(problem));
                  return command.getCommandSpec().exitCodeOnExecutionException();
                })
            .execute("--data", data.toString());
    return said.toString() + exit;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
