package dev.carillon.engine.definition;

import dev.carillon.core.campaign.Limits;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.when.PeriodReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes what keeps a campaign from sending too much. */
final class LimitsReader {
  private static final int MOST = Integer.MAX_VALUE;

  private LimitsReader() {}

  static @Nullable Limits read(JsonPlace place) {
    if (!place.object("caps", "gap", "target", "safety")) {
      return null;
    }
    Boolean caps = place.member("caps").yes(true);
    JsonPlace gapPlace = place.member("gap");
    Duration gap =
        gapPlace.absent()
            ? null
            : PeriodReader.length(gapPlace, Limits.SHORTEST_GAP, Limits.LONGEST_GAP);
    Limits.Target target = target(place.member("target"));
    Integer safety = limit(place.member("safety"));
    return caps == null ? null : new Limits(caps, gap, target, safety);
  }

  private static Limits.Target target(JsonPlace place) {
    if (place.absent() || !place.object("overall", "perRun", "perDay")) {
      return Limits.Target.NONE;
    }
    return new Limits.Target(
        limit(place.member("overall")),
        limit(place.member("perRun")),
        limit(place.member("perDay")));
  }

  private static @Nullable Integer limit(JsonPlace place) {
    Long limit = place.absent() ? null : place.whole(1, MOST);
    return limit == null ? null : Integer.valueOf(Math.toIntExact(limit));
  }

  static void write(ObjectNode json, Limits limits) {
    if (!limits.caps()) {
      json.put("caps", false);
    }
    Duration gap = limits.gap();
    if (gap != null) {
      json.put("gap", PeriodReader.written(gap));
    }
    if (!limits.target().none()) {
      ObjectNode target = json.putObject("target");
      put(target, "overall", limits.target().overall());
      put(target, "perRun", limits.target().perRun());
      put(target, "perDay", limits.target().perDay());
    }
    put(json, "safety", limits.safety());
  }

  private static void put(ObjectNode json, String name, @Nullable Integer limit) {
    if (limit != null) {
      json.put(name, limit);
    }
  }
}
