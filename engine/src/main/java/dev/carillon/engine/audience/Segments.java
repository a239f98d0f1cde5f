package dev.carillon.engine.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.audience.ListStore;
import dev.carillon.engine.port.audience.SegmentStore;
import dev.carillon.engine.port.campaign.CampaignStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What people do with saved segments: make, change, delete, see who uses them. A segment means what
 * its rule says when somebody evaluates it; runs that are planned stay as they are. Thread-safe.
 */
public final class Segments implements SavedAudiences {
  private final SegmentStore store;
  private final CampaignStore campaigns;
  private final ListStore lists;
  private final InstantSource clock;

  public Segments(
      SegmentStore store, CampaignStore campaigns, ListStore lists, InstantSource clock) {
    this.store = store;
    this.campaigns = campaigns;
    this.lists = lists;
    this.clock = clock;
  }

  /** All segments, by name. */
  public List<Segment> all() {
    return store.segments();
  }

  public Segment find(int id) {
    return store.segment(id).orElseThrow(() -> new AudienceException.Unknown("segment", id));
  }

  /**
   * Saves a rule under a name.
   *
   * @throws AudienceException when the name is taken or the rule refers to what does not exist
   */
  public synchronized Segment create(String name, Rule rule, String createdBy) {
    check(rule);
    resolved(rule);
    return store.createSegment(name, rule, createdBy, clock.instant());
  }

  /**
   * Replaces name and rule.
   *
   * @param version the version that the change was made from
   * @param confirmed whether the caller knows that campaigns which are launched will select people
   *     by the new rule
   * @throws AudienceException.InUse when there are such campaigns and he has not said so
   * @throws StaleVersionException when somebody else changed it first
   */
  public synchronized Segment change(
      int id, int version, String name, Rule rule, boolean confirmed) {
    Segment before = find(id);
    if (before.rule().equals(rule)) {
      return store.changeSegment(id, version, name, rule, clock.instant());
    }
    check(rule);
    Usage usage = usage(id);
    checkCircles(before, rule);
    Map<Integer, Rule> rules = rules();
    rules.put(id, rule);
    resolved(rule, rules);
    usage.segments().forEach(segment -> resolved(segment.rule(), rules));
    List<Campaign> upcoming = usage.upcoming();
    if (!upcoming.isEmpty() && !confirmed) {
      throw AudienceException.InUse.unconfirmed("segment", new Usage(upcoming, List.of()));
    }
    return store.changeSegment(id, version, name, rule, clock.instant());
  }

  /**
   * Deletes a segment that nothing needs.
   *
   * @throws AudienceException.InUse when something does
   */
  public synchronized void delete(int id) {
    Segment segment = find(id);
    refuseInUse("segment", segment.name(), usage(id).holding());
    store.deleteSegment(id);
  }

  /** Who uses the segment. */
  public Usage usage(int id) {
    return usage(new Rule.InSegment(id));
  }

  /** Who uses the segment or the list. */
  public Usage usage(Rule.Saved saved) {
    return usage(saved, store.segments());
  }

  /** Who uses each of the segments or lists. */
  public <T extends Rule.Saved> Map<T, Usage> usages(List<T> saved) {
    List<Segment> all = store.segments();
    Map<T, Usage> usages = new HashMap<>();
    saved.forEach(one -> usages.put(one, usage(one, all)));
    return usages;
  }

  private Usage usage(Rule.Saved saved, List<Segment> all) {
    Set<Rule.Saved> used = new LinkedHashSet<>(Set.of(saved));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Segment segment : all) {
        if (SavedRules.in(segment.rule()).stream().anyMatch(used::contains)) {
          grown |= used.add(new Rule.InSegment(segment.id()));
        }
      }
    }
    return new Usage(
        campaigns.campaignsUsing(used),
        all.stream()
            .filter(segment -> !new Rule.InSegment(segment.id()).equals(saved))
            .filter(segment -> used.contains(new Rule.InSegment(segment.id())))
            .toList());
  }

  /** Deletes a list that nothing needs. */
  public synchronized void deleteList(int id) {
    String name =
        lists.list(id).orElseThrow(() -> new AudienceException.Unknown("list", id)).name();
    refuseInUse("list", name, usage(new Rule.OnList(id)).holding());
    lists.deleteList(id);
  }

  /** Notes how many people a segment means, unless its rule was changed meanwhile. */
  public void counted(Segment segment, long people) {
    store.countSegment(segment.id(), segment.version(), people, clock.instant());
  }

  @Override
  public Rule resolved(Rule rule) {
    return SavedRules.in(rule).stream().noneMatch(Rule.InSegment.class::isInstance)
        ? rule
        : resolved(rule, rules());
  }

  @Override
  public List<SavedRules.Place> unknown(Rule rule) {
    return SavedRules.places(rule).stream().filter(place -> !exists(place.saved())).toList();
  }

  private boolean exists(Rule.Saved saved) {
    return switch (saved) {
      case Rule.InSegment(int id) -> store.segment(id).isPresent();
      case Rule.OnList(int id) -> lists.list(id).isPresent();
    };
  }

  private void check(Rule rule) {
    List<SavedRules.Place> unknown = unknown(rule);
    if (!unknown.isEmpty()) {
      throw new AudienceException.UnknownReferences(unknown);
    }
  }

  private Map<Integer, Rule> rules() {
    Map<Integer, Rule> rules = new HashMap<>();
    store.segments().forEach(segment -> rules.put(segment.id(), segment.rule()));
    return rules;
  }

  private static Rule resolved(Rule rule, Map<Integer, Rule> rules) {
    return new ResolvedRules(rules::get).of(rule);
  }

  private void checkCircles(Segment changed, Rule rule) {
    Map<Integer, Segment> known =
        store.segments().stream().collect(Collectors.toMap(Segment::id, segment -> segment));
    List<Segment> path = new ArrayList<>(List.of(changed));
    if (leadsTo(changed.id(), rule, known, path, new LinkedHashSet<>())) {
      path.add(changed);
      throw new AudienceException.Circle(
          path.stream().map(Segment::name).collect(Collectors.joining(" → ")));
    }
  }

  /** Whether the rule leads to the segment; then the path holds the segments on the way. */
  private static boolean leadsTo(
      int wanted,
      Rule rule,
      Map<Integer, Segment> known,
      List<Segment> path,
      Collection<Integer> seen) {
    for (Rule.Saved saved : SavedRules.in(rule)) {
      if (saved instanceof Rule.InSegment(int id)) {
        if (id == wanted) {
          return true;
        }
        Segment next = known.get(id);
        if (next != null && seen.add(id)) {
          path.add(next);
          if (leadsTo(wanted, next.rule(), known, path, seen)) {
            return true;
          }
          path.removeLast();
        }
      }
    }
    return false;
  }

  private static void refuseInUse(String kind, String name, Usage holding) {
    if (!holding.isEmpty()) {
      throw AudienceException.InUse.needed(kind, name, holding);
    }
  }
}
