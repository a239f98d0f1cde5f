package dev.carillon.server.command;

import dev.carillon.server.access.security.LocalAccess;
import dev.carillon.server.access.security.LocalAccess.Notice;
import dev.carillon.server.settings.StartupProblem;
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
import java.util.function.Function;
import java.util.stream.Stream;

/** The server that has a data folder open on this machine, for the commands that ask it. */
final class LocalServer {
  /** What to do when it does not answer as it should. */
  static final String AGAIN = " It may be starting or stopping; try again.";

  private static final Duration TO_CONNECT = Duration.ofSeconds(5);

  private final Notice notice;

  private LocalServer(Notice notice) {
    this.notice = notice;
  }

  /**
   * The server on a data folder that is in use.
   *
   * @throws StartupProblem when none says that it is ready, or it may not be asked
   */
  static LocalServer on(Path data) {
    try {
      return new LocalServer(
          LocalAccess.notice(data)
              .orElseThrow(
                  () ->
                      new StartupProblem(
                          "The data folder "
                              + data
                              + " is in use, and no server says that it is ready there."
                              + AGAIN)));
    } catch (IOException unreadable) {
      throw new StartupProblem(
          "The data folder "
              + data
              + " is in use by a server that only its own user can ask: "
              + unreadable,
          unreadable);
    }
  }

  /**
   * Sends a request without a body, and reads the answer, whatever its status, line by line.
   *
   * @throws StartupProblem when it does not answer to the end
   */
  <T> T ask(String method, String path, Function<HttpResponse<Stream<String>>, T> reading) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(notice.server() + path))
            .header("Authorization", "Bearer " + notice.token())
            .method(method, BodyPublishers.noBody())
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build()) {
      HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
      try (Stream<String> _ = answer.body()) {
        return reading.apply(answer);
      }
    } catch (IOException | UncheckedIOException failed) {
      throw new StartupProblem(
          "The server at " + notice.server() + " did not answer to the end." + AGAIN, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartupProblem("It was interrupted.", stopped);
    }
  }

  /** What to say of an answer that this server does not give. */
  StartupProblem isAnother(int status) {
    return new StartupProblem(
        "What answers at "
            + notice.server()
            + " is not the server on this folder (status "
            + status
            + ")."
            + AGAIN);
  }
}
