package dev.carillon.server.command;

import dev.carillon.engine.reporting.Verification.Total;
import dev.carillon.server.access.security.LocalAccess;
import dev.carillon.server.settings.StartupProblem;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Has the server that has a data folder open verify it, and prints what it finds as it comes. */
final class ServerVerify {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final LocalServer server;
  private final Findings findings;

  private ServerVerify(LocalServer server, Findings findings) {
    this.server = server;
    this.findings = findings;
  }

  /**
   * Answers the exit code.
   *
   * @throws StartupProblem when the server cannot be asked or does not finish
   */
  static int verify(Path data, Findings findings) {
    LocalServer server = LocalServer.on(data);
    return server.ask("POST", LocalAccess.VERIFY, new ServerVerify(server, findings)::read);
  }

  private int read(HttpResponse<Stream<String>> answer) {
    if (answer.statusCode() == 409) {
      throw new StartupProblem(
          "The server counts already, for somebody else. Try again when that has ended.");
    }
    if (answer.statusCode() != 200) {
      throw server.isAnother(answer.statusCode());
    }
    for (Iterator<String> each = answer.body().iterator(); each.hasNext(); ) {
      Total total = line(each.next());
      if (total != null) {
        return findings.end(total);
      }
    }
    throw ended();
  }

  private static StartupProblem ended() {
    return new StartupProblem("The server ended before all was counted." + LocalServer.AGAIN);
  }

  /** Prints a campaign's line; answers what the last line says. */
  private @Nullable Total line(String text) {
    JsonNode line;
    try {
      line = MAPPER.readTree(text);
    } catch (JacksonException cut) {
      throw ended();
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
