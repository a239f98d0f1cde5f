package dev.carillon.server.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that ARCHITECTURE.md names exists: each class, package, folder and file in backticks
 * is there under that name.
 */
class ArchitectureNamesTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern DIAGRAM = Pattern.compile("(?s)```.*?```");
  private static final Pattern NAME = Pattern.compile("`([^`\\n]+)`");

  /** A member behind a class, such as {@code accept} in {@code Intake.accept}. */
  private static final Pattern MEMBER = Pattern.compile("(.*\\b[A-Z]\\w*[a-z]\\w*)\\.(\\w+)");

  /** Addresses, commands, annotations, constants and the like, which are no files. */
  private static final Pattern OTHER =
      Pattern.compile("/.*|@.*|.* .*|[A-Z_]+|\\./carillon|dev\\.carillon|settle\\(\\)|asOf");

  /** Each file and folder from the top of the project, Java files without their ending. */
  private final Set<String> places = places();

  @Test
  void everyNameIsThere() throws IOException {
    String text = DIAGRAM.matcher(Files.readString(HOME.resolve("ARCHITECTURE.md"))).replaceAll("");
    List<String> names =
        NAME.matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(name -> !OTHER.matcher(name).matches())
            .toList();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (!isThere(name)) {
        missing.add(name);
      }
    }

    assertThat(missing).isEmpty();
    assertThat(names).hasSizeGreaterThan(200);
  }

  @ParameterizedTest
  @CsvSource({
    "core.audience.Rule, true",
    "core.audience.Rules, false",
    "engine.port, true",
    "engine.ports, false",
    "core.campaign.CampaignStatus.next, true",
    "core.campaign.CampaignStatus.nextOne, false",
    "server/.../wiring/EngineWiring, true",
    "server/.../wiring/EngineWire, false",
    "server/src/main/jte/campaign/step-*.jte, true",
    "server/src/main/jte/campaign/stop-*.jte, false",
    "Intake, true",
    "Intak, false"
  })
  void namesAreDistinguishedFromMistakes(String name, boolean isThere) throws IOException {
    assertThat(isThere(name)).isEqualTo(isThere);
  }

  private boolean isThere(String name) throws IOException {
    if (place(name) != null) {
      return true;
    }
    Matcher member = MEMBER.matcher(name);
    @Nullable String holder = member.matches() ? place(member.group(1)) : null;
    return holder != null
        && Pattern.compile("\\b" + member.group(2) + "\\b")
            .matcher(Files.readString(HOME.resolve(holder + ".java")))
            .find();
  }

  /** Where a name leads; null when nowhere. Its beginning may be left out. */
  private @Nullable String place(String name) {
    boolean isPath = name.contains("/") || name.matches(".*\\.(js|jte|sql|md)");
    String path = isPath ? name : name.replace('.', '/');
    String pattern =
        Stream.of(path.split("/"))
            .map(part -> part.equals("...") ? ".*" : glob(part))
            .collect(Collectors.joining("/", "(.*/)?", ""));
    Pattern whole = Pattern.compile(pattern);
    return places.stream().filter(place -> whole.matcher(place).matches()).findFirst().orElse(null);
  }

  private static String glob(String part) {
    return Pattern.quote(part).replace("*", "\\E[^/]*\\Q").replace("…", "\\E[^/]*\\Q");
  }

  private static Set<String> places() {
    Set<String> places = new TreeSet<>();
    try (Stream<Path> top = Files.list(HOME)) {
      for (Path each : top.toList()) {
        String name = each.getFileName().toString();
        if (!name.startsWith(".") && !name.equals("target")) {
          try (Stream<Path> below = Files.walk(each)) {
            below
                .map(file -> HOME.relativize(file).toString().replace('\\', '/'))
                .filter(place -> !place.contains("/target/"))
                .map(place -> place.replaceFirst("\\.java$", ""))
                .forEach(places::add);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return places;
  }
}
