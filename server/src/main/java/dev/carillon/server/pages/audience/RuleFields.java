package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.CustomLists;
import dev.carillon.engine.audience.QuickReach;
import dev.carillon.engine.audience.QuickReach.Count;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.RuleReader;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.audience.RuleField.Choice;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.wording.RuleText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Makes fields for rules, and counts for the builder while somebody edits one. */
@Controller
public class RuleFields {
  private final Pages pages;
  private final Segments segments;
  private final CustomLists lists;
  private final AudienceStore facts;
  private final QuickReach quick;
  private final SavedNames names;
  private final PeopleReads reads;

  RuleFields(
      Pages pages,
      Segments segments,
      CustomLists lists,
      AudienceStore facts,
      PeopleStore people,
      SavedNames names,
      PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.segments = segments;
    this.lists = lists;
    this.facts = facts;
    this.quick = new QuickReach(facts, people, QuickReach.MANY);
    this.names = names;
  }

  /**
   * The field of a form.
   *
   * @param json the rule as it was sent or is kept
   * @param problems the form's problems; those of the rule have keys of {@link RuleField#problem}
   * @param except the segment whose own rule it is, which it cannot refer to; 0 for none
   */
  public RuleField field(String name, String json, Map<String, String> problems, int except) {
    String words =
        switch (JsonDocument.parse(json).then(RuleReader::read)) {
          case Reading.Understood<Rule>(Rule rule) -> RuleText.of(rule, names);
          case Reading.Refused<Rule> refused -> "The rule cannot be read yet.";
        };
    return new RuleField(
        name,
        json,
        words,
        RuleField.problems(problems),
        segments.all().stream()
            .filter(segment -> segment.id() != except)
            .map(segment -> new Choice(segment.id(), segment.name()))
            .toList(),
        lists.all().stream().map(list -> new Choice(list.id(), list.name())).toList());
  }

  /** The operators by key, as a builder words them. */
  public static Map<String, String> operators(boolean figures) {
    Map<String, String> operators = new LinkedHashMap<>();
    for (Operator operator : figures ? Rule.Amount.OPERATORS : List.of(Operator.values())) {
      operators.put(operator.key(), RuleText.words(operator));
    }
    return operators;
  }

  /** The words of a segment's rule. */
  String words(Segment segment) {
    return RuleText.of(segment.rule(), names);
  }

  private Count quickly(Rule rule, DisplayFormat format) {
    Rule resolved = segments.resolved(rule);
    facts.settle();
    Count count = quick.count(resolved, new Evaluation(format.now(), format.zone()));
    reads.noteCount(resolved, count.reach().total());
    return count;
  }

  /** How many people a rule matches now. */
  public Reach reach(Rule rule, DisplayFormat format) {
    Rule resolved = segments.resolved(rule);
    facts.settle();
    Reach reach = facts.estimate(resolved, new Evaluation(format.now(), format.zone()));
    reads.noteCount(resolved, reach.total());
    return reach;
  }

  /**
   * What the builder shows.
   *
   * @param words the rule in plain words; null while it cannot be read
   * @param total people who fit; null when they were not counted
   * @param reachable those of them who can be reached, by channel
   * @param exact whether they were counted; false: a sample says about how many there are
   * @param problems what is wrong
   */
  record Counted(
      @Nullable String words,
      @Nullable Long total,
      Map<String, Long> reachable,
      boolean exact,
      List<Wrong> problems) {}

  /** One thing that is wrong, at a JSON pointer into the rule. */
  record Wrong(String pointer, String words) {}

  @PostMapping("/rules/estimate")
  @ResponseBody
  Counted estimate(
      @RequestParam String rule,
      @RequestParam(defaultValue = "false") boolean quick,
      HttpServletRequest request) {
    return switch (JsonDocument.parse(rule).then(RuleReader::read)) {
      case Reading.Understood<Rule>(Rule read) -> counted(read, quick, pages.format(request));
      case Reading.Refused<Rule>(List<Problem> wrong) ->
          new Counted(
              null,
              null,
              Map.of(),
              true,
              wrong.stream().map(p -> new Wrong(p.pointer(), p.words())).toList());
    };
  }

  private Counted counted(Rule rule, boolean quick, DisplayFormat format) {
    List<Wrong> wrong = new ArrayList<>();
    for (SavedRules.Place place : segments.unknown(rule)) {
      wrong.add(new Wrong(place.pointer(), "This was deleted. Choose another one."));
    }
    if (!wrong.isEmpty()) {
      return new Counted(RuleText.of(rule, names), null, Map.of(), true, wrong);
    }
    try {
      Count count = quick ? quickly(rule, format) : new Count(reach(rule, format), true);
      Map<String, Long> reachable = new TreeMap<>();
      count.reach().reachable().forEach((channel, people) -> reachable.put(channel.key(), people));
      return new Counted(
          RuleText.of(rule, names), count.reach().total(), reachable, count.exact(), List.of());
    } catch (AudienceException refused) {
      return new Counted(
          RuleText.of(rule, names),
          null,
          Map.of(),
          true,
          List.of(new Wrong("", String.valueOf(refused.getMessage()))));
    }
  }
}
