package dev.carillon.server.api.audience;

import dev.carillon.core.audience.Segment;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.definition.rules.RuleWriter;
import dev.carillon.server.api.request.ApiException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A segment as the API gives it.
 *
 * @param counted how many people it meant when it was last counted; null before, and for callers
 *     that may not count by what it names
 */
public record SegmentView(
    String id,
    int version,
    String name,
    ObjectNode rule,
    String createdBy,
    Instant createdAt,
    Instant changedAt,
    Segment.@Nullable Counted counted) {

  static SegmentView of(Segment segment, boolean mayCount) {
    return new SegmentView(
        Integer.toString(segment.id()),
        segment.version(),
        segment.name(),
        RuleWriter.write(segment.rule()),
        segment.createdBy(),
        segment.createdAt(),
        segment.changedAt(),
        mayCount ? segment.counted() : null);
  }

  /** What is wrong with a rule in the member {@code rule} that refers to what does not exist. */
  public static List<ApiException.Detail> unknown(List<SavedRules.Place> places) {
    return places.stream()
        .map(
            place ->
                new ApiException.Detail(
                    "/rule" + place.pointer(), "unknownReference", "There is none with this id."))
        .toList();
  }
}
