package dev.carillon.server.command;

import dev.carillon.engine.port.facts.SalvageReport;
import dev.carillon.server.wiring.DataFolder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code carillon salvage}: what is whole in a damaged journal, and what else is missing. */
@Command(
    name = "salvage",
    mixinStandardHelpOptions = true,
    description = {
      "Repairs a data folder with a damaged journal so that Carillon starts with it: keeps every"
          + " whole record, counts what is lost, and leaves the files as they were beside the new"
          + " ones. Then says whether anything else is missing from the folder.",
      "No server may run on the folder. Exits with 0 when nothing is missing, with 1 when something"
          + " is or may be, with 2 when it cannot salvage or a server could not start."
    },
    exitCodeOnExecutionException = 2)
public final class SalvageCommand implements Callable<Integer> {
  private static final int MOST_RANGES = 20;
  private static final String KEY_IN_ENVIRONMENT = "CARILLON_SECRETKEY";

  @Mixin private DataOption dataOption = new DataOption();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Path data = dataOption.existing();
    SalvageReport report = DataFolder.salvage(data);
    if (report.damage() == null) {
      print("The journal is sound; nothing was changed.");
    } else {
      print(report, report.damage());
    }
    DataFolder.requireWhole(data);
    return isKeyMissing() || !report.isComplete() ? 1 : 0;
  }

  /** Whether the connections' secrets cannot be opened, which keeps a server from nothing else. */
  private boolean isKeyMissing() {
    boolean missing =
        System.getenv(KEY_IN_ENVIRONMENT) == null
            && DataFolder.lacksSecretsKey(dataOption.folder());
    if (missing) {
      print(
          "There is no secrets.key. Unless the settings give the key, Carillon starts without it,"
              + " and the secrets of the connections cannot be used. Put the key back, or enter the"
              + " secrets anew.");
    }
    return missing;
  }

  private void print(SalvageReport report, String damage) {
    print(damage);
    print(
        "Kept: "
            + report.entries()
            + " entries in "
            + report.records()
            + " records that the database did not have yet.");
    print("Not readable: " + report.unreadableBytes() + " bytes.");
    print("Missing: " + report.missingEntries() + " entries.");
    report.missing().stream()
        .limit(MOST_RANGES)
        .forEach(range -> print("  entries " + range.from() + " to " + (range.to() - 1)));
    if (!report.endCertain()) {
      print(
          "More may be missing: nothing says how many entries followed entry "
              + (report.end() - 1)
              + ". Compare with what senders have got an answer for.");
    }
    print(
        "The files as they were are in "
            + report.original()
            + ". They hold personal data; delete them when they are no longer needed.");
  }

  private void print(String line) {
    command.commandLine().getOut().println(line);
    command.commandLine().getOut().flush();
  }
}
