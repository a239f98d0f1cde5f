package dev.carillon.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon bench}: measures Carillon beside its peers, on this machine, in one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Carillon beside its peers.",
    footer = {
      "",
      "  report     full report from the ledger, beside plain SQL over the facts on DuckDB",
      "  callbacks  signed callbacks one a request, beside an empty handler of the same server",
      "  upload     /1/upload, beside DuckDB's appender in process",
      "  dispatch   sending a campaign, beside the same HTTP client in a bare loop",
      "  segments   counting segments, beside SQL written by hand",
      "  plan       planning a run, beside INSERT ... SELECT of the bare audience",
      "  start      from command to ready, empty folder"
    })
public final class Bench implements Callable<Integer> {
  private static final List<Benchmark> ALL =
      List.of(
          new StartBenchmark(),
          new ReportBenchmark(),
          new CallbackBenchmark(),
          new UploadBenchmark(),
          new DispatchBenchmark(),
          new SegmentsBenchmark(),
          new PlanBenchmark());

  @Parameters(paramLabel = "NAME", description = "which to run; all without a name")
  private List<String> names = new ArrayList<>();

  @Option(names = "--full", description = "the sizes of the targets; takes long")
  private boolean full;

  @Option(names = "--messages", paramLabel = "N", description = "messages of the reported campaign")
  private @Nullable Integer messages;

  @Option(names = "--requests", paramLabel = "N", description = "callbacks a round")
  private @Nullable Integer requests;

  @Option(names = "--events", paramLabel = "N", description = "events uploaded a round")
  private @Nullable Integer events;

  @Option(names = "--sends", paramLabel = "N", description = "messages sent a round")
  private @Nullable Integer sends;

  @Option(names = "--people", paramLabel = "N", description = "people of segments and plans")
  private @Nullable Integer people;

  @Spec private CommandSpec command = CommandSpec.create();

  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> chosen = chosen();
    PrintWriter out = command.commandLine().getOut();
    out.println(Machine.facts());
    for (Benchmark benchmark : chosen) {
      out.println();
      out.println(benchmark.name() + ": " + benchmark.what());
      out.flush();
      try (TempFolder folder = TempFolder.make()) {
        out.print(FigureTable.of(benchmark.run(sizes(), folder)));
      }
      out.flush();
    }
    return 0;
  }

  private List<Benchmark> chosen() {
    for (String name : names) {
      if (ALL.stream().noneMatch(benchmark -> benchmark.name().equals(name))) {
        throw new ParameterException(
            command.commandLine(), "There is no benchmark '" + name + "'; see --help.");
      }
    }
    return names.isEmpty()
        ? ALL
        : ALL.stream().filter(benchmark -> names.contains(benchmark.name())).toList();
  }

  private Sizes sizes() {
    Sizes usual = full ? Sizes.FULL : Sizes.USUAL;
    return new Sizes(
        positive("--messages", messages, usual.messages()),
        positive("--requests", requests, usual.requests()),
        positive("--events", events, usual.events()),
        positive("--sends", sends, usual.sends()),
        positive("--people", people, usual.people()));
  }

  private int positive(String option, @Nullable Integer given, int usual) {
    if (given != null && given < 1000) {
      throw new ParameterException(command.commandLine(), option + " is 1,000 or more.");
    }
    return given == null ? usual : given;
  }
}
