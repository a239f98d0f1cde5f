package dev.carillon.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.login.SessionSettings;
import dev.carillon.server.pages.statistics.GlossaryController;
import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.server.settings.RequestSettings;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the documents list is what the program has, and their links lead somewhere. */
class DocumentsTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  /** The table's entry for the default of a setting that has none. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of("none", "generated", "as the caller reached it", "file secrets.key");

  private static final Pattern LINK = Pattern.compile("(?<=\\]\\()[^)\\s]+|(?<=<img src=\")[^\"]+");
  private static final Pattern HEADING = Pattern.compile("(?m)(?<=^#{1,6} )[^#\\n].*$");

  @Test
  void theGuideListsEveryMeasureInTheWordsOfTheGlossary() throws IOException {
    List<String> expected =
        Arrays.stream(Measure.values())
            .map(
                measure ->
                    "| %s | `%s` | %s | %s |"
                        .formatted(
                            measure.title(),
                            measure.key(),
                            measure.meaning(),
                            GlossaryController.unit(measure.unit())))
            .toList();

    assertThat(table("docs/marketer.md", "| number | in JSON |")).isEqualTo(expected);
  }

  @Test
  void theGuideListsEveryReasonForSuppression() throws IOException {
    List<String> rows = table("docs/marketer.md", "| reason | in JSON |");

    assertThat(rows).hasSize(SuppressionReason.values().length);
    for (SuppressionReason reason : SuppressionReason.values()) {
      assertThat(rows)
          .anyMatch(row -> row.startsWith("| %s | `%s` |".formatted(reason.words(), reason.key())));
    }
  }

  @Test
  void theOperatorsTableHasEverySettingWithItsEnvironmentAndDefault() throws IOException {
    List<String> rows = table("docs/operator.md", "| setting | environment |");

    List<String> expected = new ArrayList<>(List.of("server.port|SERVER_PORT|8080"));
    for (Class<?> type :
        List.of(CarillonSettings.class, RequestSettings.class, SessionSettings.class)) {
      expected.addAll(settings(type));
    }
    assertThat(rows.stream().map(DocumentsTest::nameVariableAndDefault))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String nameVariableAndDefault(String row) {
    String[] cells = row.replace("`", "").split(" *\\| *", -1);
    return cells[1] + "|" + cells[2] + "|" + (WITHOUT_DEFAULT.contains(cells[4]) ? "" : cells[4]);
  }

  private static List<String> settings(Class<?> type) {
    String prefix = type.getAnnotation(ConfigurationProperties.class).value();
    List<String> settings = new ArrayList<>();
    for (Parameter setting : type.getDeclaredConstructors()[0].getParameters()) {
      DefaultValue value = setting.getAnnotation(DefaultValue.class);
      settings.add(
          "%s.%s|%s_%s|%s"
              .formatted(
                  prefix,
                  kebab(setting.getName()),
                  prefix.replace('.', '_').toUpperCase(Locale.ROOT),
                  setting.getName().toUpperCase(Locale.ROOT),
                  value == null ? "" : value.value()[0]));
    }
    return settings;
  }

  @Test
  void theDevelopersTableHasEveryScope() throws IOException {
    String rows = String.join("\n", table("docs/developer.md", "| scope | lets |"));

    for (Scope scope : Scope.values()) {
      assertThat(rows).contains("`" + scope.key() + "`");
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group();
        if (!target.startsWith("http") && !leads(document, target)) {
          broken.add(HOME.relativize(document) + ": " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  private static boolean leads(Path from, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? from : from.resolveSibling(path);
    return Files.exists(file)
        && (hash < 0
            || HEADING
                .matcher(Files.readString(file))
                .results()
                .anyMatch(found -> anchor(found.group()).equals(target.substring(hash + 1))));
  }

  /** How GitHub names a heading in addresses. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(HOME);
        Stream<Path> below = Files.walk(HOME.resolve("docs"))) {
      return Stream.concat(top, below).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  /** The rows of the table whose head begins so. */
  private static List<String> table(String document, String head) throws IOException {
    List<String> lines = Files.readAllLines(HOME.resolve(document));
    int begin = 0;
    while (!lines.get(begin).startsWith(head)) {
      begin++;
    }
    return lines.stream().skip(begin + 2L).takeWhile(line -> line.startsWith("|")).toList();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
