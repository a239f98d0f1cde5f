package dev.carillon.engine.port.account;

import dev.carillon.engine.port.campaign.PlannedCount;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the metadata knows of the facts.
 *
 * @param installation empty before the first start of a server
 * @param noted the runs that were noted, planned or not
 * @param planned the runs that are planned
 */
public record MetadataMarks(
    Optional<Installation> installation, Set<RunKey> noted, List<PlannedCount> planned) {
  public MetadataMarks {
    noted = Set.copyOf(noted);
    planned = List.copyOf(planned);
  }
}
