package dev.carillon.server.command;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.StoreInUseException;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.engine.reporting.Verification;
import dev.carillon.engine.time.WaitingClock;
import dev.carillon.server.wiring.DataFolder;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "Exits with 0 when all agree, with 1 and a list where anything differs, with 2 when it cannot"
          + " count. A server that runs on the folder does the counting itself."
    },
    exitCodeOnExecutionException = 2)
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private DataOption dataOption = new DataOption();

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "another time zone than the account's, to count days by")
  private @Nullable ZoneId zone;

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    Path data = dataOption.existing();
    Findings findings = new Findings(command.commandLine().getOut());
    try (DataFolder folder = DataFolder.read(data)) {
      return verify(folder.facts(), folder.metadata(), account(folder.metadata()), findings);
    } catch (StoreInUseException running) {
      return ServerVerify.verify(data, findings);
    }
  }

  /** Of a folder whose server kept no settings yet, what holds at the first start. */
  private Account account(MetadataStore metadata) {
    AccountSettings kept =
        metadata
            .accountSettings()
            .map(KeptSettings::settings)
            .orElse(AccountSettings.first(ZoneId.of("UTC"), "USD"));
    return zone == null ? Account.of(kept) : Account.in(zone);
  }

  private static int verify(
      FactStore facts, MetadataStore metadata, Account account, Findings findings) {
    try (Reports reports =
        new Reports(
            facts,
            facts,
            metadata,
            facts,
            metadata,
            metadata,
            id -> Optional.empty(),
            WaitingClock.system(),
            account,
            1,
            new ProcessHealth())) {
      return findings.end(
          new Verification(reports, facts, account)
              .verifyAll(
                  metadata,
                  (campaign, result) ->
                      findings.campaign(Integer.toString(campaign.id()), result.differences())));
    }
  }
}
