package dev.carillon.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

class SettingsCheckTest {

  @Test
  void defaultsAreInOrder() throws IOException {
    assertThat(mistakes("", Map.of())).isEmpty();
  }

  @Test
  void everySettingIsTakenFromAFile() throws IOException {
    assertThat(
            mistakes(
                """
                carillon:
                  data: /var/lib/carillon
                  api-key: a-key-of-some-length-0123
                  admin-password: correct-horse-battery
                  secret-key: "abc"
                  zone: Asia/Kolkata
                  currency: INR
                  public-url: https://carillon.example.com
                  secure-cookies: true
                  session: {idle: 8h, limit: 2d}
                  bodies-in-memory-mb: 64
                  request-patience: 45
                  upload-limit-mb: 100
                  intake-capacity: 100000
                  memory-limit-mb: 2048
                  ledgers-in-memory: 50
                server.port: 9090
                logging.level.root: warn
                """,
                Map.of()))
        .isEmpty();
  }

  @Test
  void everySettingIsTakenFromTheEnvironment() throws IOException {
    assertThat(
            mistakes(
                "",
                Map.of(
                    "CARILLON_APIKEY", "a-key-of-some-length-0123",
                    "CARILLON_SECRET_KEY", "abc",
                    "CARILLON_SESSION_IDLE", "8h",
                    "CARILLON_REQUESTPATIENCE", "45s",
                    "CARILLON_JAVA_OPTS", "-Xmx1g",
                    "CARILLON_DEBUG", "1",
                    "HOME", "/root")))
        .isEmpty();
  }

  @Test
  void allMistakesAreNamedTogether() throws IOException {
    assertThat(
            mistakes(
                """
                carillon:
                  zone: "+05:30"
                  currency: rupees
                  intake-capacity: few
                  public-url: carillon.example.com
                  secure-cookies: perhaps
                  upload-limit-mb: 0
                  session.idle: 1s
                  admin-pasword: hidden-value-1
                carilon.zone: UTC
                """,
                Map.of("CARILLON_LEDGERSINMEMORY", "0", "CARILLON_API_KEYS", "hidden-value-2")))
        .containsExactlyInAnyOrder(
            "carillon.zone must be a time zone with a name, such as Asia/Kolkata,"
                + " not \"+05:30\" (line 2 of FILE).",
            "carillon.currency must be three capital letters, such as INR (line 3 of FILE).",
            "carillon.intake-capacity must be a whole number, not \"few\" (line 4 of FILE).",
            "carillon.public-url must be an address, such as https://carillon.example.com"
                + " (line 5 of FILE).",
            "carillon.secure-cookies must be true or false, not \"perhaps\" (line 6 of FILE).",
            "carillon.upload-limit-mb must be between 1 and 10240, not \"0\" (line 7 of FILE).",
            "carillon.session.idle must be a minute or more, not \"1s\" (line 8 of FILE).",
            "carillon.admin-pasword (line 9 of FILE) is the name of no setting."
                + " The nearest is carillon.admin-password.",
            "carilon.zone (line 10 of FILE) is the name of no setting."
                + " The nearest is carillon.zone.",
            "carillon.ledgers-in-memory must be greater than or equal to 1, not \"0\".",
            "CARILLON_API_KEYS, in the environment, is the name of no setting."
                + " The nearest is CARILLON_APIKEY.");
  }

  @Test
  void aValueThatMayBeASecretIsNotRepeated() throws IOException {
    assertThat(
            mistakes(
                """
                carillon:
                  intake-capacity: a-key-in-the-wrong-place
                  public-url: ftp://user:password@host
                """,
                Map.of()))
        .containsExactlyInAnyOrder(
            "carillon.intake-capacity must be a whole number (line 2 of FILE).",
            "carillon.public-url must be an address, such as https://carillon.example.com"
                + " (line 3 of FILE).");
  }

  @Test
  void bothEndsOfEachRangeAreTakenAndWhatIsBeyondIsRefused() throws IOException {
    range("intake-capacity", "1000", "10000000", "999", "10000001");
    range("memory-limit-mb", "0", "2147483647", "-1", "2147483648");
    range("ledgers-in-memory", "1", "2147483647", "0", "2147483648");
    range("upload-limit-mb", "1", "10240", "0", "10241");
    range("bodies-in-memory-mb", "0", "2047", "-1", "2048");
    range("request-patience", "1", "1h", "0", "-30");
    range("session.idle", "1m", "24h", "59s", "25h");
    range("session.limit", "12h", "365d", "11h", "366d");
  }

  private static void range(String name, String least, String most, String below, String above)
      throws IOException {
    for (String inside : List.of(least, most)) {
      assertThat(mistakes("carillon." + name + ": " + inside, Map.of())).as(inside).isEmpty();
    }
    for (String outside : List.of(below, above)) {
      assertThat(mistakes("carillon." + name + ": " + outside, Map.of()))
          .as(name + ": " + outside)
          .singleElement(STRING)
          .contains("carillon." + name);
    }
  }

  @Test
  void aNameUnlikeAnyOtherHasNoNearest() throws IOException {
    assertThat(mistakes("carillon.flying-colours: true", Map.of()))
        .containsExactly("carillon.flying-colours (line 1 of FILE) is the name of no setting.");
  }

  @Test
  void settingsThatContradictEachOtherAreNamed() throws IOException {
    assertThat(mistakes("carillon.session: {idle: 8h, limit: 4h}", Map.of()))
        .containsExactly(
            "carillon.session.limit must be at least as long as carillon.session.idle.");
  }

  @Test
  void namesThatComeOtherwiseAreLookedAtToo() throws IOException {
    StandardEnvironment environment = environment("", Map.of());
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("command line", Map.of("carillon.colour", "blue")));
    assertThat(SettingsCheck.mistakes(environment))
        .containsExactly("carillon.colour is the name of no setting.");
  }

  private static List<String> mistakes(String file, Map<String, Object> variables)
      throws IOException {
    return SettingsCheck.mistakes(environment(file, variables));
  }

  private static StandardEnvironment environment(String file, Map<String, Object> variables)
      throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    MutablePropertySources sources = environment.getPropertySources();
    sources.replace(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
        new SystemEnvironmentPropertySource(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    new YamlPropertySourceLoader()
        .load(
            "file",
            new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)) {
              @Override
              public String getFilename() {
                return "FILE";
              }
            })
        .forEach(sources::addLast);
    return environment;
  }
}
