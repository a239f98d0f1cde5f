package dev.carillon.server.command;

import dev.carillon.engine.reporting.Verification.Total;
import dev.carillon.server.StartupProblem;
import dev.carillon.server.access.LocalDoor;
import dev.carillon.server.access.LocalDoor.Notice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has the server that has a data folder open verify it, and prints what it finds as it comes. */
final class ServerVerify {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Duration TO_CONNECT = Duration.ofSeconds(5);
  private static final String AGAIN = " It may be starting or stopping; try again.";

  private final Notice server;
  private final Findings findings;

  private ServerVerify(Notice server, Findings findings) {
    this.server = server;
    this.findings = findings;
  }

  /**
   * Answers the exit code.
   *
   * @throws StartupProblem when the server cannot be asked or does not finish
   */
  static int verify(Path data, Findings findings) {
    Notice server;
    try {
      server =
          LocalDoor.notice(data)
              .orElseThrow(
                  () ->
                      new StartupProblem(
                          "The data folder "
                              + data
                              + " is in use, and no server says that it is ready there."
                              + AGAIN));
    } catch (IOException unreadable) {
      throw new StartupProblem(
          "The data folder "
              + data
              + " is in use by a server that only its own user can ask: "
              + unreadable,
          unreadable);
    }
    return new ServerVerify(server, findings).verify();
  }

  private int verify() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.server() + LocalDoor.VERIFY))
            .header("Authorization", "Bearer " + server.token())
            .POST(BodyPublishers.noBody())
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build()) {
      return read(client.send(request, BodyHandlers.ofLines()));
    } catch (IOException | UncheckedIOException failed) {
      throw new StartupProblem(
          "The server at " + server.server() + " did not answer to the end." + AGAIN, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartupProblem("It was interrupted.", stopped);
    }
  }

  private int read(HttpResponse<Stream<String>> answer) {
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() == 409) {
        throw new StartupProblem(
            "The server counts already, for somebody else. Try again when that has ended.");
      }
      if (answer.statusCode() != 200) {
        throw new StartupProblem(
            "What answers at "
                + server.server()
                + " is not the server on this folder (status "
                + answer.statusCode()
                + ")."
                + AGAIN);
      }
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        Total total = line(each.next());
        if (total != null) {
          return findings.end(total);
        }
      }
    }
    throw new StartupProblem("The server ended before all was counted." + AGAIN);
  }

  /** Prints a campaign's line; answers what the last line says. */
  private @Nullable Total line(String text) {
    JsonNode line;
    try {
      line = MAPPER.readTree(text);
    } catch (JacksonException cut) {
      throw new StartupProblem("The server ended before all was counted." + AGAIN, cut);
    }
    if (line.has("problem")) {
      throw new StartupProblem(line.get("problem").stringValue());
    }
    if (line.has("campaigns")) {
      return new Total(
          line.get("campaigns").intValue(),
          line.get("numbers").intValue(),
          line.get("different").intValue());
    }
    findings.campaign(
        line.get("campaign").stringValue(),
        line.get("differences").valueStream().map(JsonNode::stringValue).toList());
    return null;
  }
}
