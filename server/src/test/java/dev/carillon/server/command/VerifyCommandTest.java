package dev.carillon.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.wiring.StoreWiring;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code carillon verify} says when a server has the folder open, and when none has. */
class VerifyCommandTest {
  private static final String NUMBERS = "{\"campaigns\":2,\"numbers\":80,\"different\":%d}\n";
  private static final String ALIKE = "{\"campaign\":\"8\",\"numbers\":40,\"differences\":[]}\n";
  private static final String DIFFERENT =
      "{\"campaign\":\"7\",\"numbers\":40,"
          + "\"differences\":[\"sent: shown 3, counted again 4\"]}\n";

  @TempDir private Path data;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aRunningServerIsAskedAndItsFindingsArePrinted() throws Exception {
    try (FactStore open = StoreWiring.openFacts(data, 0)) {
      open.settle();
      notice("the-token");
      answer = ALIKE + ALIKE + NUMBERS.formatted(0);
      assertThat(verify()).isEqualTo("Counted 80 numbers of 2 campaigns again: all agree.\n0");
      assertThat(asked).containsExactly("POST /api/v1/verify Bearer the-token");

      answer = ALIKE + DIFFERENT + NUMBERS.formatted(1);
      assertThat(verify())
          .isEqualTo(
              "campaign 7: sent: shown 3, counted again 4\n"
                  + "Counted 80 numbers of 2 campaigns again: 1 differ.\n1");
    }
  }

  @Test
  void whatIsNotAWholeAnswerIsNoResult() throws Exception {
    try (FactStore open = StoreWiring.openFacts(data, 0)) {
      open.settle();
      assertThat(verify()).contains("no server says that it is ready").endsWith("2");

      notice("of-another-process");
      for (String part : List.of("", ALIKE, ALIKE + NUMBERS.substring(0, 12))) {
        answer = part;
        assertThat(verify()).contains("ended before all was counted").endsWith("2");
      }
      answer = "{\"problem\":\"The store cannot be used now.\"}\n";
      assertThat(verify()).contains("The store cannot be used now.").endsWith("2");
      status = 409;
      assertThat(verify()).contains("counts already").endsWith("2");
      status = 401;
      assertThat(verify()).contains("not the server on this folder (status 401)").endsWith("2");
      server.stop(0);
      assertThat(verify()).contains("did not answer to the end").endsWith("2");
    }
  }

  @Test
  void whatAServerLeftThatWasKilledIsNotAsked() throws Exception {
    StoreWiring.openFacts(data, 0).close();
    notice("left-behind");
    assertThat(verify()).isEqualTo("Counted 0 numbers of 0 campaigns again: all agree.\n0");
    assertThat(asked).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereCannotBeVerified() {
    StringWriter said = new StringWriter();
    assertThat(verify(data.resolve("nowhere"), said)).isEqualTo(2);
    assertThat(said.toString()).contains("There is no data folder");
  }

  private void notice(String token) throws IOException {
    Files.writeString(
        data.resolve("running-server"),
        "http://127.0.0.1:" + server.getAddress().getPort() + "\n" + token + "\n");
  }

  /** All that it said, and at the end the exit code. */
  private String verify() {
    StringWriter said = new StringWriter();
    int exit = verify(data, said);
    return said.toString() + exit;
  }

  private static int verify(Path folder, StringWriter said) {
    PrintWriter out = new PrintWriter(said);
    return new CommandLine(new VerifyCommand())
        .setOut(out)
        .setErr(out)
        .execute("--data", folder.toString());
  }
}
