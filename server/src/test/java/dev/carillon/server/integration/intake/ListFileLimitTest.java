package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list's file has at most what the page states, however it comes. */
class ListFileLimitTest {
  private static final int STATED = 64;

  private static RunningServer server;
  private static FormBrowser browser;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    server = TestServer.start(data, Map.of(), beans -> {});
    browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aFormOnAPageSaysItBesideItsField() throws Exception {
    String token = browser.token("/lists/new");
    assertThat(browser.get("/lists/new").body()).contains("at most " + STATED + " MB");

    HttpResponse<String> answer = browser.send(form(browser.request("/lists"), token, STATED + 1));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("id=\"file-problem\"", "The file has more than " + STATED + " MB. Split it");
    assertThat(browser.get("/lists").body()).doesNotContain("Too large");
  }

  @Test
  void theApiTakesNoMoreFromAFormThanAsABody() throws Exception {
    FormBrowser program = new FormBrowser(server.address());
    HttpRequest.Builder form =
        form(program.request("/api/v1/lists?name=form"), "", STATED + 1)
            .header("Authorization", "Bearer " + TestServer.KEY);
    HttpRequest.Builder body =
        program
            .request("/api/v1/lists?name=body")
            .header("Authorization", "Bearer " + TestServer.KEY)
            .header("Content-Type", "text/csv")
            .POST(rows(STATED + 1));
    for (HttpRequest.Builder request : new HttpRequest.Builder[] {form, body}) {
      HttpResponse<String> answer = program.send(request.setHeader("Accept", "*/*"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
      assertThat(answer.body()).contains("\"code\":\"tooLarge\"", STATED + " MiB");
    }
  }

  /** So many MiB of rows, each of which names somebody. */
  private static BodyPublisher rows(int megabytes) {
    byte[] megabyte = ("x".repeat(1_023) + "\n").repeat(1 << 10).getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofByteArrays(Collections.nCopies(megabytes, megabyte));
  }

  private static HttpRequest.Builder form(
      HttpRequest.Builder request, String token, int megabytes) {
    String begin =
        part("_csrf")
            + "\r\n"
            + token
            + "\r\n"
            + part("title")
            + "\r\nToo large\r\n"
            + part("file").strip()
            + "; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n";
    return request
        .header("Content-Type", "multipart/form-data; boundary=between")
        .POST(
            BodyPublishers.concat(
                BodyPublishers.ofString(begin),
                rows(megabytes),
                BodyPublishers.ofString("\r\n--between--\r\n")));
  }

  private static String part(String name) {
    return "--between\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n";
  }
}
