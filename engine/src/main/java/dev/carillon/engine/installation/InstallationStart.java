package dev.carillon.engine.installation;

import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.InstallationStore;
import dev.carillon.engine.port.facts.FactsStamp;
import dev.carillon.engine.port.facts.StampedFacts;
import java.util.UUID;

/**
 * Numbers the starts of an installation in both of its databases. The metadata note first that a
 * start begins, then the facts note its number, then the metadata that it has begun: wherever a
 * crash comes between, the next start goes on from there.
 */
public final class InstallationStart {
  private InstallationStart() {}

  /**
   * Checks that metadata and facts belong together, and notes one more start in both. A folder of
   * an earlier version, which bears no marks, gets them.
   *
   * @throws MismatchException when they do not belong together; nothing was changed
   */
  public static void begin(InstallationStore metadata, StampedFacts facts) {
    InstallationCheck.require(metadata.marks(), facts.marks());
    Installation known =
        metadata
            .installation()
            .orElseGet(() -> new Installation(UUID.randomUUID(), 0, false, 0))
            .withFactsEnd(facts.end());
    metadata.putInstallation(known.beginning());
    facts.stamp(new FactsStamp(known.id(), known.start() + 1));
    metadata.putInstallation(known.begun());
  }
}
