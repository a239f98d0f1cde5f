package dev.carillon.engine.audience;

import dev.carillon.core.audience.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the saved segments and lists that a rule refers to by itself. */
public final class SavedRules {
  private SavedRules() {}

  /**
   * One reference.
   *
   * @param pointer JSON pointer to it in the rule
   */
  public record Place(String pointer, Rule.Saved saved) {}

  /** The references, each once. */
  public static Set<Rule.Saved> in(Rule rule) {
    LinkedHashSet<Rule.Saved> saved = new LinkedHashSet<>();
    places(rule).forEach(place -> saved.add(place.saved()));
    return saved;
  }

  /** The references, wherever they stand. */
  public static List<Place> places(Rule rule) {
    ArrayList<Place> places = new ArrayList<>();
    find(rule, "", places);
    return places;
  }

  private static void find(Rule rule, String pointer, List<Place> places) {
    switch (rule) {
      case Rule.All(List<Rule> rules) -> find(rules, pointer + "/all/", places);
      case Rule.Any(List<Rule> rules) -> find(rules, pointer + "/any/", places);
      case Rule.Not(Rule inner) -> find(inner, pointer + "/not", places);
      case Rule.InSegment segment -> places.add(new Place(pointer + "/segment", segment));
      case Rule.OnList list -> places.add(new Place(pointer + "/list", list));
      case Rule.Everyone _,
          Rule.OfProperty _,
          Rule.Behaviour _,
          Rule.Reachable _,
          Rule.Bucket _ -> {}
    }
  }

  private static void find(List<Rule> rules, String pointer, List<Place> places) {
    for (int i = 0; i < rules.size(); i++) {
      find(rules.get(i), pointer + i, places);
    }
  }
}
