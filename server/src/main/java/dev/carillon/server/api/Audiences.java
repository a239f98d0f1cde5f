package dev.carillon.server.api;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.port.AudienceStore.Evaluation;
import dev.carillon.engine.port.AudienceStore.Fitting;
import dev.carillon.engine.port.AudienceStore.Reach;
import dev.carillon.engine.port.FactStore;
import dev.carillon.server.wiring.CarillonSettings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Evaluates rules as they are asked for through the API: now, with what is saved put in. */
@Component
class Audiences {
  private static final int MOST = 500;

  private final Segments segments;
  private final FactStore facts;
  private final InstantSource clock;
  private final CarillonSettings settings;

  Audiences(Segments segments, FactStore facts, InstantSource clock, CarillonSettings settings) {
    this.segments = segments;
    this.facts = facts;
    this.clock = clock;
    this.settings = settings;
  }

  /** Counts, when the rule refers to nothing that is missing. */
  Estimate estimate(Rule rule) {
    List<SavedRules.Place> unknown = segments.unknown(rule);
    if (!unknown.isEmpty()) {
      throw new ApiException(
          400,
          "invalidBody",
          "The rule names a segment or a list that does not exist.",
          SegmentView.unknown(unknown));
    }
    Rule resolved = segments.resolved(rule);
    facts.settle();
    Reach reach = facts.estimate(resolved, now());
    Map<String, Long> reachable = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      reachable.put(channel.key(), reach.reachable().getOrDefault(channel, 0L));
    }
    return new Estimate(reach.total(), reachable, true);
  }

  /** A page of the people whom the rule matches. */
  PeoplePage people(Rule rule, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > MOST) {
      throw ApiException.badParameter("limit", "The limit is 1 to " + MOST + ".");
    }
    Rule resolved;
    try {
      resolved = segments.resolved(rule);
    } catch (AudienceException.Unknown missing) {
      throw new ApiException(
          409, "missingReference", "It refers to what was deleted. Change its rule first.");
    }
    facts.settle();
    List<Fitting> found = facts.fitting(resolved, now(), after(cursor), limit + 1);
    List<Fitting> page = found.size() > limit ? found.subList(0, limit) : found;
    return new PeoplePage(
        page.stream()
            .map(one -> new PersonView(one.identity().value(), one.name(), one.phone()))
            .toList(),
        found.size() > limit ? Long.toString(page.getLast().userKey()) : null);
  }

  private Evaluation now() {
    return new Evaluation(clock.instant(), settings.zone());
  }

  private static long after(@Nullable String cursor) {
    if (cursor == null) {
      return -1;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException notACursor) {
      throw ApiException.badParameter("cursor", "Give the cursor as the page before gave it.");
    }
  }

  /**
   * How many people a rule means.
   *
   * @param total users that the rule matches
   * @param reachable those with a usable address, not unsubscribed, by channel
   * @param exact whether it is counted, not sampled
   */
  record Estimate(long total, Map<String, Long> reachable, boolean exact) {}

  /**
   * Some of the people.
   *
   * @param cursor what the next page is asked for with; null when there is none
   */
  record PeoplePage(List<PersonView> people, @Nullable String cursor) {}

  record PersonView(String identity, @Nullable String name, @Nullable String phone) {}
}
