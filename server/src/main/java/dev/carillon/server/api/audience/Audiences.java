package dev.carillon.server.api.audience;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.carillon.core.audience.PersonalProperties;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.QuickReach;
import dev.carillon.engine.audience.QuickReach.Count;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.ApiException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Evaluates rules as they are asked for through the API: now, with what is saved put in. */
@Component
class Audiences {
  private static final int MOST = 500;

  private final Segments segments;
  private final AudienceStore facts;
  private final PeopleStore people;
  private final InstantSource clock;
  private final Account account;
  private final PeopleReads reads;

  Audiences(
      Segments segments,
      AudienceStore facts,
      PeopleStore people,
      InstantSource clock,
      Account account,
      PeopleReads reads) {
    this.reads = reads;
    this.segments = segments;
    this.facts = facts;
    this.people = people;
    this.clock = clock;
    this.account = account;
  }

  /** Counts, when the rule refers to nothing that is missing. */
  Estimate estimate(Rule rule) {
    return estimate(rule, null, false);
  }

  /**
   * Counts, when the rule refers to nothing that is missing.
   *
   * @param group a control group whose size is wanted too; null without
   * @param quick whether a sample will do where there are many people
   */
  Estimate estimate(Rule rule, @Nullable ControlGroup group, boolean quick) {
    List<SavedRules.Place> unknown = segments.unknown(rule);
    if (!unknown.isEmpty()) {
      throw new ApiException(
          400,
          "invalidBody",
          "The rule names a segment or a list that does not exist.",
          SegmentView.unknown(unknown));
    }
    Rule resolved = segments.resolved(rule);
    Optional<String> personal = PersonalProperties.in(resolved);
    if (personal.isPresent() && !maySeePeople()) {
      throw new ApiException(
          403,
          "forbidden",
          "Counting by %s shows whether somebody is known: it needs the scope people:read."
              .formatted(personal.get()));
    }
    facts.settle();
    Count count =
        quick
            ? new QuickReach(facts, people, QuickReach.MANY).count(resolved, now())
            : new Count(facts.estimate(resolved, now()), true);
    Reach reach = count.reach();
    Map<String, Long> reachable = new LinkedHashMap<>();
    for (Channel channel : Channel.values()) {
      reachable.put(channel.key(), reach.reachable().getOrDefault(channel, 0L));
    }
    reads.noteCount(resolved, reach.total());
    int system = account.settings().systemControlGroup().percent();
    Long control = group == null ? null : Math.round(reach.total() * group.share(system));
    return new Estimate(reach.total(), reachable, control, count.exact());
  }

  /** Whether the caller may learn how many people the rule matches. */
  boolean mayCount(Rule rule) {
    if (maySeePeople()) {
      return true;
    }
    try {
      return PersonalProperties.in(segments.resolved(rule)).isEmpty();
    } catch (AudienceException unresolved) {
      return false;
    }
  }

  private static boolean maySeePeople() {
    return Caller.current().filter(caller -> caller.may(Scope.PEOPLE_READ)).isPresent();
  }

  /** A page of the people the rule matches. */
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
    List<AudienceMember> found = facts.members(resolved, now(), after(cursor), limit + 1);
    List<AudienceMember> page = found.size() > limit ? found.subList(0, limit) : found;
    return new PeoplePage(
        page.stream()
            .map(
                one ->
                    new PersonView(
                        one.identity().value(),
                        one.name(),
                        one.endpoints().address(EndpointKind.PHONE)))
            .toList(),
        found.size() > limit ? Long.toString(page.getLast().userKey()) : null);
  }

  private Evaluation now() {
    return new Evaluation(clock.instant(), account.zone());
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
   * @param control how many a control group like this is expected to hold out of the total; absent
   *     when none was asked about
   * @param exact whether total and reachable are counted, not sampled
   */
  record Estimate(
      long total,
      Map<String, Long> reachable,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long control,
      boolean exact) {}

  /**
   * Some of the people.
   *
   * @param next the cursor of the next page; null when there is none
   */
  record PeoplePage(List<PersonView> people, @Nullable String next) {}

  record PersonView(String identity, @Nullable String name, @Nullable String phone) {}
}
