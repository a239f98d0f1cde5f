package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.command.RunningServer;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is larger than a form may be is answered with what to do. */
class UploadLimitTest {
  private static final String WORDS = "A file in a form has at most 1 MB.";

  /**
   * Below the limit, over that of a file, over that of a form, and more than is read to its end.
   */
  private static final int[] TOO_LARGE = {(1 << 20) + 1, 3 << 20, 16 << 20};

  private static RunningServer server;
  private static FormBrowser browser;

  @BeforeAll
  static void start(@TempDir Path data) throws Exception {
    server = TestServer.start(data, Map.of("carillon.upload-limit-mb", 1), beans -> {});
    browser = new FormBrowser(server.address());
    browser.signIn("admin", TestServer.PASSWORD);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void pagesSayHowLargeAFileMayBe() throws Exception {
    String token = browser.token("/people/imports");
    assertThat(browser.get("/people/imports").body()).contains("At most 1 MB.");
    for (int size : TOO_LARGE) {
      for (String path : new String[] {"/people/imports/preview", "/lists"}) {
        HttpResponse<String> answer = browser.upload(path, token, "a".repeat(size));
        assertThat(answer.statusCode()).as("%s of %s bytes", path, size).isEqualTo(413);
        assertThat(answer.body()).contains("The file is too large", WORDS, "To the overview");
      }
    }
    String small = "id\n" + "7\n".repeat(400_000);
    assertThat(browser.upload("/people/imports/preview", token, small).statusCode()).isEqualTo(302);
  }

  @Test
  void abandonedFilesAreDropped() throws Exception {
    int most = 16;
    String token = browser.token("/people/imports");
    List<String> pages = new ArrayList<>();
    for (int i = 0; i <= most; i++) {
      HttpResponse<String> answer =
          browser.upload("/people/imports/preview", token, "id\n" + i + "\n");
      pages.add(answer.headers().firstValue("Location").orElseThrow());
    }
    assertThat(browser.get(pages.getFirst()).statusCode()).isEqualTo(404);
    assertThat(browser.get(pages.getLast()).statusCode()).isEqualTo(200);
  }

  @Test
  void theApiSaysHowLargeAFileMayBe() throws Exception {
    FormBrowser program = new FormBrowser(server.address());
    for (int size : TOO_LARGE) {
      HttpResponse<String> answer =
          program.send(
              FormBrowser.multipart(
                      program.request("/api/v1/lists?name=large"), "", "a".repeat(size))
                  .setHeader("Accept", "*/*")
                  .header("Authorization", "Bearer " + TestServer.KEY));
      assertProblem(answer);
    }
    HttpResponse<String> bySession =
        browser.send(
            FormBrowser.multipart(
                    browser.request("/api/v1/lists?name=large"),
                    browser.token("/"),
                    "a".repeat(TOO_LARGE[0]))
                .setHeader("Accept", "application/json"));
    assertProblem(bySession);
  }

  private static void assertProblem(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"tooLarge\"", WORDS);
  }

  @Test
  void aFormWithMoreTextThanItTakesSaysSo() throws Exception {
    Map<String, String> form =
        Map.of("x", "a".repeat(2 << 20), "_csrf", browser.token("/campaigns"));
    HttpResponse<String> answer = browser.post("/campaigns/bulk", form);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("That is too much for a form", "bring it in as a list");
  }
}
