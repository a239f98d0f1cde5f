package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.command.DeadLettersCommand;
import dev.carillon.server.command.RunningServer;
import dev.carillon.server.command.SalvageCommand;
import dev.carillon.server.command.VerifyCommand;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.TestServer;
import dev.carillon.server.wiring.StoreWiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** What could not be applied, and what is damaged: by command, beside a server, and over HTTP. */
class DeadLettersEndToEndTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  @TempDir private Path data;

  @Test
  void areListedAndTriedAgainWithAndWithoutAServer() throws IOException {
    makeOne();
    String line = "1  2026-11-20T10:00:00Z  event  the key of the user belongs to another identity";
    String came = "0 dead letters were applied, 1 could not be applied again and stay";
    assertThat(run(new DeadLettersCommand(), "list"))
        .contains(line, "1 dead letters.")
        .endsWith("0");
    assertThat(run(new DeadLettersCommand(), "retry")).contains(came).endsWith("1");
    assertThat(run(new DeadLettersCommand(), "remove")).contains("none of").endsWith("2");

    try (RunningServer server = TestServer.start(data, Map.of(), beans -> {});
        Api api = new Api(server.address(), TestServer.KEY)) {
      JsonNode page = api.get("/api/v1/dead-letters?limit=1");
      assertThat(page.get("total").intValue()).isEqualTo(1);
      assertThat(page.has("next")).isFalse();
      assertThat(page.at("/deadLetters/0/id").stringValue()).isEqualTo("1");
      assertThat(page.at("/deadLetters/0/kind").stringValue()).isEqualTo("event");
      assertThat(page.at("/deadLetters/0/receivedAt").stringValue()).isEqualTo(AT.toString());
      assertThat(api.get("/api/v1/dead-letters?cursor=1").get("deadLetters")).isEmpty();
      assertThat(api.answer("GET", "/api/v1/dead-letters?limit=0", null).statusCode())
          .isEqualTo(400);
      assertThat(api.answer("GET", "/api/v1/dead-letters?cursor=x", null).statusCode())
          .isEqualTo(400);
      JsonNode result = api.call("POST", "/api/v1/dead-letters/retry", null);
      assertThat(result.get("applied").intValue()).isZero();
      assertThat(result.get("cameBack").intValue()).isEqualTo(1);

      assertThat(run(new DeadLettersCommand(), "list"))
          .contains(line, "1 dead letters.")
          .endsWith("0");
      assertThat(run(new DeadLettersCommand(), "retry")).contains(came).endsWith("1");
      assertThat(run(new SalvageCommand())).contains("in use").endsWith("2");
    }
  }

  @Test
  void aDamagedJournalSaysWhatToDoAndIsSalvaged() throws IOException {
    makeOne();
    assertThat(run(new SalvageCommand())).contains("The journal is sound").endsWith("0");
    damage();
    assertThat(run(new VerifyCommand())).contains("is damaged at byte", "salvage").endsWith("2");
    assertThat(run(new SalvageCommand()))
        .contains("is damaged at byte", "More may be missing", "journal.damaged")
        .endsWith("1");
    assertThat(run(new VerifyCommand())).endsWith("0");
    assertThat(run(new DeadLettersCommand(), "list")).contains("1 dead letters.").endsWith("0");
  }

  private void makeOne() {
    try (FactStore facts = StoreWiring.openFacts(data, 0)) {
      Identity ann = Identity.user("ann");
      facts.append(List.of(event(ann, ann.key(), 1)));
      facts.append(List.of(event(Identity.user("bob"), ann.key(), 2)));
      facts.settle();
    }
  }

  private static Entry event(Identity identity, long key, long id) {
    return new Entry.OfEvent(new UserEvent(identity, key, "Counted", "{}", id, AT, AT));
  }

  /** As after a kill, with a byte changed. */
  private void damage() throws IOException {
    Path journal = data.resolve("facts/journal");
    Files.delete(journal.resolve("mark"));
    try (Stream<Path> files = Files.list(journal)) {
      Path file = files.sorted().reduce((first, second) -> second).orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 5] ^= 1;
      Files.write(file, bytes);
    }
  }

  /** All that a command says, and at the end its exit code. */
  private String run(Object command, String... words) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    String[] arguments =
        Stream.concat(Stream.of(words), Stream.of("--data", data.toString()))
            .toArray(String[]::new);
    int exit = new CommandLine(command).setOut(out).setErr(out).execute(arguments);
    return said.toString() + exit;
  }
}
