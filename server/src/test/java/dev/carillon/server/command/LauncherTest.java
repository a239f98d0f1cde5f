package dev.carillon.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.Carillon;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The settings that the start script gives the JVM, and the program itself before all else, hold.
 */
@Timeout(60)
class LauncherTest {
  private static final Pattern FLAGS = Pattern.compile("(?m)^java_flags='([^']*)'$");

  /** The JVM's own, when out of memory. */
  private static final int OUT_OF_MEMORY = 3;

  @Test
  void aProcessWithoutMemoryEndsThoughItsMainThreadIsWell() throws Exception {
    Ended ended = run(List.of("-Xmx32m"), Hoarder.class);
    assertThat(ended.code).as(ended.said).isEqualTo(OUT_OF_MEMORY);
    assertThat(ended.said).contains("OutOfMemoryError");
  }

  @Test
  void idleConnectionsToProvidersAreDroppedSoonAndThoseOfHttp2AreNot() throws Exception {
    Ended ended =
        run(
            List.of("--add-opens=java.net.http/jdk.internal.net.http=ALL-UNNAMED"),
            IdleSeconds.class);
    assertThat(ended.said).contains("HTTP/1.1 idle 1 s, HTTP/2 idle 300 s");
  }

  private record Ended(int code, String said) {}

  private static Ended run(List<String> more, Class<?> program)
      throws IOException, InterruptedException {
    Matcher flags = FLAGS.matcher(Files.readString(Path.of("..", "carillon")));
    assertThat(flags.find()).as("the script's flags").isTrue();
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of(flags.group(1).split(" ")));
    words.addAll(more);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends; it said %s", said).isTrue();
      return new Ended(process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program in which one thread of many runs out of memory. */
  static final class Hoarder {
    private Hoarder() {}

    public static void main(String[] args) throws InterruptedException {
      long[][] hoard = new long[1 << 16][];
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                for (int i = 0; i < hoard.length; i++) {
                  hoard[i] = new long[1 << 17];
                }
              });
      new CountDownLatch(1).await();
    }
  }

  /** The program itself; when it has ended, it is said how its HTTP clients keep connections. */
  static final class IdleSeconds {
    private IdleSeconds() {}

    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(IdleSeconds::say));
      Carillon.main(new String[] {"--version"});
    }

    @SuppressWarnings("SystemOut") // the test reads it
    private static void say() {
      try (HttpClient client = HttpClient.newHttpClient()) {
        Class<?> known = Class.forName("jdk.internal.net.http.HttpClientImpl");
        System.out.printf(
            "HTTP/1.1 idle %s s, HTTP/2 idle %s s (%s)%n",
            constant(known, "KEEP_ALIVE_TIMEOUT"),
            constant(known, "IDLE_CONNECTION_TIMEOUT"),
            client.version());
      } catch (ReflectiveOperationException changed) {
        System.out.println("the JDK has changed: " + changed);
      }
    }

    private static Object constant(Class<?> of, String name) throws ReflectiveOperationException {
      var field = of.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    }
  }
}
