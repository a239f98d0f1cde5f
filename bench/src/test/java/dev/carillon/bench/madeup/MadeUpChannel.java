package dev.carillon.bench.madeup;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the program to which a channel and a provider that do not exist are added, as the
 * folder {@code made-up-channel} among the test's resources says: whole files under {@code new},
 * and changes in {@code edits.txt}.
 */
final class MadeUpChannel {
  private static final List<String> MODULES =
      List.of(
          "core",
          "engine",
          "testkit",
          "channels",
          "storage-sql",
          "storage-embedded",
          "simulator",
          "server",
          "bench");

  private static final String FILE = "=== ";
  private static final String FIND = "--- ";
  private static final String PUT = "+++ ";

  private final Path project;
  private final Path patch;
  private final Path copy;
  private final Set<String> touched = new TreeSet<>();

  /**
   * @param copy an empty folder
   */
  MadeUpChannel(Path project, Path copy) {
    this.project = project;
    this.patch = project.resolve("bench/src/test/resources/made-up-channel");
    this.copy = copy;
  }

  /** The files that were added or changed. */
  Set<String> touched() {
    return touched;
  }

  /** Makes the copy and puts the channel in. */
  void apply() throws IOException {
    for (String module : MODULES) {
      copy(project.resolve(module).resolve("src/main"), copy.resolve(module).resolve("src/main"));
    }
    Path added = patch.resolve("new");
    for (Path file : files(added)) {
      String name = added.relativize(file).toString();
      touched.add(name);
      Path target = copy.resolve(name);
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(file, target);
    }
    edit(Files.readAllLines(patch.resolve("edits.txt")));
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.copy(file, target);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private void edit(List<String> lines) throws IOException {
    String file = "";
    List<String> find = new ArrayList<>();
    List<String> put = new ArrayList<>();
    for (String line : lines) {
      if (!put.isEmpty() && !line.startsWith(PUT)) {
        replace(file, find, put);
      }
      if (line.startsWith(FILE)) {
        file = line.substring(FILE.length());
      } else if (line.startsWith(FIND)) {
        find.add(line.substring(FIND.length()));
      } else if (line.startsWith(PUT)) {
        put.add(line.substring(PUT.length()));
      }
    }
    replace(file, find, put);
  }

  private void replace(String file, List<String> find, List<String> put) throws IOException {
    Path target = copy.resolve(file);
    String before = Files.readString(target);
    String sought = String.join("\n", find);
    int at = before.indexOf(sought);
    if (at < 0 || before.indexOf(sought, at + 1) >= 0) {
      throw new IllegalStateException(
          "The made-up channel does not fit "
              + file
              + " any more: it must have exactly one\n"
              + sought
              + "\nRenew made-up-channel/edits.txt.");
    }
    touched.add(file);
    Files.writeString(
        target,
        before.substring(0, at) + String.join("\n", put) + before.substring(at + sought.length()));
    find.clear();
    put.clear();
  }

  /**
   * Compiles all of the copy and the proof.
   *
   * @return what the compiler said; empty when it is content
   */
  String compile() throws IOException {
    List<Path> sources = new ArrayList<>(files(patch.resolve("proof")));
    for (String module : MODULES) {
      for (Path file : files(copy.resolve(module).resolve("src/main/java"))) {
        sources.add(file);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      Files.createDirectories(classes());
      boolean compiled =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "--release",
                      "25",
                      "-proc:none",
                      "-nowarn",
                      "-d",
                      classes().toString(),
                      "-cp",
                      String.join(File.pathSeparator, libraries())),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources))
              .call();
      return compiled ? "" : said.toString();
    }
  }

  /**
   * Runs the proof with what was compiled, in a process of its own.
   *
   * @param folder an empty one for data
   * @return what it said, with the error that ended it
   */
  String prove(Path folder) throws IOException, InterruptedException {
    List<String> path = new ArrayList<>();
    path.add(classes().toString());
    for (String module : MODULES) {
      path.add(copy.resolve(module).resolve("src/main/resources").toString());
    }
    path.addAll(libraries());
    Process proof =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                String.join(File.pathSeparator, path),
                "MadeUpChannelProof",
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(proof.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + (proof.waitFor() == 0 ? "" : "It ended with " + proof.exitValue() + ".");
  }

  private Path classes() {
    return copy.resolve("classes");
  }

  /** What the program is compiled with, without the program itself. */
  private Collection<String> libraries() {
    Map<String, Path> modules =
        MODULES.stream()
            .collect(Collectors.toMap(module -> module, module -> project.resolve(module)));
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(one -> modules.values().stream().noneMatch(module -> real(one).startsWith(module)))
        .filter(one -> !one.contains("carillon-"))
        .toList();
  }

  private static Path real(String file) {
    try {
      return Files.exists(Path.of(file)) ? Path.of(file).toRealPath() : Path.of(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
