package dev.carillon.engine.port.facts;

import dev.carillon.engine.port.campaign.PlannedCount;
import java.util.List;
import java.util.Optional;

/**
 * What the facts know of themselves and of the metadata beside them.
 *
 * @param stamp empty before the first start of a server
 * @param end the position after the last durable entry
 * @param planned the runs that are planned
 */
public record FactsMarks(Optional<FactsStamp> stamp, long end, List<PlannedCount> planned) {
  public FactsMarks {
    planned = List.copyOf(planned);
  }
}
