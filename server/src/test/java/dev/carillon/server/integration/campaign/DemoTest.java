package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.integration.harness.ServerProcess;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as somebody tries it: it fills itself, shows what goes on, and ends on a signal. */
class DemoTest {
  private static final Pattern PASSWORD =
      Pattern.compile("Log in as admin with the password (\\S+)");

  @TempDir private Path folder;

  @Test
  void itEndsInOrderWhileItSendsAndSomebodyWatches() throws Exception {
    ServerProcess demo =
        ServerProcess.launch(
            folder.resolve("said"),
            "demo",
            "--port",
            "0",
            "--scale",
            "0.05",
            "--data",
            folder.resolve("data").toString());
    try {
      demo.ready();
      Await.until("the password is said", Await.LONG, () -> PASSWORD.matcher(demo.said()).find());
      Matcher password = PASSWORD.matcher(demo.said());
      assertThat(password.find()).isTrue();
      FormBrowser browser = new FormBrowser(demo.address());
      browser.signIn("admin", password.group(1));
      assertThat(browser.get("/campaigns").body()).contains("Running", "Completed");

      String seen;
      try (InputStream stream = browser.watch("/overview/live")) {
        int first = stream.read();
        demo.askToEnd();
        seen = (char) first + new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
      demo.awaitEnd();

      assertThat(seen).contains("data:");
      assertThat(demo.said()).doesNotContain(" WARN ", " ERROR ", "Exception");
    } finally {
      demo.kill();
    }
  }
}
