package dev.carillon.server.command;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.port.CampaignStore.CampaignQuery;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.MetadataStore;
import dev.carillon.engine.port.WaitingClock;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.server.StartupProblem;
import dev.carillon.server.wiring.StoreWiring;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code carillon verify}: every number counted again from the facts. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Recomputes every number of every campaign by plain SQL over the facts and compares it with"
          + " what is shown.",
      "Exits with 1 and a list where anything differs. The server must not be running."
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "data folder (default: data)")
  private Path data = Path.of("data");

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      defaultValue = "UTC",
      description = "the account's time zone, as the server has it (default: UTC)")
  private ZoneId zone = ZoneId.of("UTC");

  @Spec private CommandSpec command = CommandSpec.create();

  private @Nullable PrintWriter out;

  @Override
  public Integer call() {
    if (!Files.isDirectory(data)) {
      throw new StartupProblem("There is no data folder " + data + ".");
    }
    out = command.commandLine().getOut();
    try (MetadataStore metadata = StoreWiring.openMetadata(data);
        FactStore facts = StoreWiring.openFacts(data, 0);
        Reports reports =
            new Reports(
                facts, metadata, id -> Optional.empty(), WaitingClock.system(), zone, "USD", 1)) {
      facts.settle();
      return verify(metadata, new Verification(reports, facts, zone));
    }
  }

  private int verify(MetadataStore metadata, Verification verification) {
    int campaigns = 0;
    int numbers = 0;
    int different = 0;
    List<Campaign> page;
    do {
      page =
          metadata
              .campaigns(new CampaignQuery(null, null, Set.of(), null, null, PAGE, campaigns))
              .campaigns();
      for (Campaign campaign : page) {
        Verification.Result result = verification.verify(campaign);
        numbers += result.compared();
        different += result.differences().size();
        for (String difference : result.differences()) {
          print("campaign " + campaign.id() + ": " + difference);
        }
      }
      campaigns += page.size();
    } while (page.size() == PAGE);
    print(
        "Counted "
            + numbers
            + " numbers of "
            + campaigns
            + " campaigns again: "
            + (different == 0 ? "all agree." : different + " differ."));
    return different == 0 ? 0 : 1;
  }

  private void print(String line) {
    if (out != null) {
      out.println(line);
      out.flush();
    }
  }
}
