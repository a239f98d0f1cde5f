package dev.carillon.engine.installation;

import dev.carillon.engine.port.account.Installation;
import dev.carillon.engine.port.account.MetadataMarks;
import dev.carillon.engine.port.account.RunKey;
import dev.carillon.engine.port.campaign.PlannedCount;
import dev.carillon.engine.port.facts.FactsMarks;
import dev.carillon.engine.port.facts.FactsStamp;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether metadata and facts belong together.
 *
 * <p>Both bear the id of the installation and the number of the last start, so a copy of one of
 * them from before a later start is noticed. Both know all planned runs, which are noted in the
 * metadata before they are planned in the facts, and counted there only afterwards; and the
 * metadata know how many entries the facts held at least. So copies that were made while the same
 * server ran are noticed as well, as far as they differ in what is planned or lost.
 */
public final class InstallationCheck {
  private InstallationCheck() {}

  /**
   * @throws MismatchException when they do not belong together, with words for an operator
   */
  public static void require(MetadataMarks metadata, FactsMarks facts) {
    mismatch(metadata, facts)
        .ifPresent(
            words -> {
              throw new MismatchException(words);
            });
  }

  /** Why they do not belong together, in words for an operator; empty when they do. */
  static Optional<String> mismatch(MetadataMarks metadata, FactsMarks facts) {
    return stamps(metadata.installation(), facts)
        .or(() -> unknownRun(metadata, facts))
        .or(() -> lostRun(metadata, facts));
  }

  private static Optional<String> stamps(Optional<Installation> metadata, FactsMarks facts) {
    if (metadata.isEmpty()) {
      return facts
          .stamp()
          .map(stamp -> metadataOlder("it has never been started with these facts"));
    }
    Installation known = metadata.get();
    if (facts.stamp().isEmpty()) {
      return known.start() == 0
          ? Optional.empty()
          : Optional.of(factsOlder("they have never been started with this metadata"));
    }
    FactsStamp stamp = facts.stamp().get();
    if (!stamp.installation().equals(known.id())) {
      return Optional.of("The metadata and the facts belong to two different installations.");
    }
    if (stamp.start() > known.start() + (known.starting() ? 1 : 0)) {
      return Optional.of(
          metadataOlder(
              "the facts were started %d times, the metadata %d times"
                  .formatted(stamp.start(), known.start())));
    }
    if (stamp.start() < known.start()) {
      return Optional.of(
          factsOlder(
              "the metadata were started %d times, the facts %d times"
                  .formatted(known.start(), stamp.start())));
    }
    if (facts.end() < known.factsEnd()) {
      return Optional.of(
          factsOlder(
              "they held %d entries, and end after %d".formatted(known.factsEnd(), facts.end())));
    }
    return Optional.empty();
  }

  private static Optional<String> unknownRun(MetadataMarks metadata, FactsMarks facts) {
    return facts.planned().stream()
        .filter(run -> !metadata.noted().contains(new RunKey(run.campaign(), run.run())))
        .findFirst()
        .map(
            run ->
                metadataOlder(
                    "the facts hold run %d of campaign %d, which the metadata do not know"
                        .formatted(run.run(), run.campaign())));
  }

  private static Optional<String> lostRun(MetadataMarks metadata, FactsMarks facts) {
    Set<PlannedCount> there = new HashSet<>(facts.planned());
    return metadata.planned().stream()
        .filter(run -> !there.contains(run))
        .findFirst()
        .map(
            run ->
                factsOlder(
                    "run %d of campaign %d was planned, and the facts do not hold it as it was"
                        .formatted(run.run(), run.campaign())));
  }

  private static String metadataOlder(String detail) {
    return "The metadata are missing, or older than the facts: " + detail + ".";
  }

  private static String factsOlder(String detail) {
    return "The facts are missing, or older than the metadata: " + detail + ".";
  }
}
