package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The benchmarks run; how fast is for quiet machines. */
class BenchTest {

  @ParameterizedTest
  @ValueSource(strings = {"report", "callbacks", "upload", "dispatch", "segments", "plan"})
  void eachBenchmarkRunsAndPrintsItsFigures(String name) {
    StringWriter out = new StringWriter();
    StringWriter problems = new StringWriter();
    int exit =
        new CommandLine(new Bench())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(problems))
            .execute(
                name,
                "--messages=2000",
                "--requests=1000",
                "--events=2000",
                "--sends=1000",
                "--people=2000");

    assertThat(exit).as("%s%n%s", out, problems).isZero();
    assertThat(out.toString()).contains(name + ": ").containsPattern("\\d x|\\d\\.\\d\\d");
  }
}
