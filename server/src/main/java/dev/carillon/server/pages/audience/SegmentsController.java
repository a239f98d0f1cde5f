package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.audience.Segment;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.SavedRules;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.audience.Usage;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.definition.rules.SegmentDefinitionReader;
import dev.carillon.engine.definition.rules.SegmentDefinitionReader.Named;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.audience.AudienceMember;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pages of saved segments. */
@Controller
public class SegmentsController {
  private static final int PEOPLE = 50;

  private final Pages pages;
  private final Segments segments;
  private final RuleFields rules;
  private final AudienceStore facts;
  private final PeopleReads reads;

  SegmentsController(
      Pages pages, Segments segments, RuleFields rules, AudienceStore facts, PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.segments = segments;
    this.rules = rules;
    this.facts = facts;
  }

  /** One segment in the list. */
  public record Line(Segment segment, String words, Usage usage) {}

  /** All segments. */
  public record All(List<Line> lines) {}

  @GetMapping("/segments")
  View list() {
    List<Segment> all = segments.all();
    Map<Rule.InSegment, Usage> usages =
        segments.usages(all.stream().map(segment -> new Rule.InSegment(segment.id())).toList());
    List<Line> lines = new ArrayList<>();
    for (Segment segment : all) {
      Usage usage = usages.get(new Rule.InSegment(segment.id()));
      if (usage != null) {
        lines.add(new Line(segment, rules.words(segment), usage));
      }
    }
    return pages.page(Section.SEGMENTS, "Segments", "segments/list.jte", new All(lines));
  }

  /** One segment by itself. */
  public record One(Segment segment, String words, Usage usage) {}

  @GetMapping("/segments/{id:\\d+}")
  View one(@PathVariable int id) {
    Segment segment = segments.find(id);
    return pages.page(
        Section.SEGMENTS,
        segment.name(),
        "segments/one.jte",
        new One(segment, rules.words(segment), segments.usage(id)));
  }

  /**
   * Who is in a segment now.
   *
   * @param reach how many; null when it refers to what is gone
   * @param people some of them
   * @param next the key that the next page begins after; null when there is none
   */
  public record Now(
      Segment segment, @Nullable Reach reach, List<AudienceMember> people, @Nullable Long next) {}

  @GetMapping("/segments/{id:\\d+}/people")
  View people(
      @PathVariable int id,
      @RequestParam(defaultValue = "-1") long after,
      HttpServletRequest request) {
    Segment segment = segments.find(id);
    return pages.page(
        Section.SEGMENTS, segment.name(), "segments/people.jte", now(segment, after, request));
  }

  private Now now(Segment segment, long after, HttpServletRequest request) {
    DisplayFormat format = pages.format(request);
    if (!segments.unknown(segment.rule()).isEmpty()) {
      return new Now(segment, null, List.of(), null);
    }
    Reach reach = rules.reach(segment.rule(), format);
    segments.counted(segment, reach.total());
    List<AudienceMember> found =
        facts.members(
            segments.resolved(segment.rule()),
            new Evaluation(format.now(), format.zone()),
            after,
            PEOPLE + 1);
    boolean more = found.size() > PEOPLE;
    List<AudienceMember> page = more ? found.subList(0, PEOPLE) : found;
    reads.note(PeopleReads.Kind.SEGMENT, Integer.toString(segment.id()), "", page.size());
    return new Now(segment, reach, page, more ? page.getLast().userKey() : null);
  }

  /**
   * The form of a segment.
   *
   * @param id null for a new one
   * @param version the version that is changed; 0 for a new one
   * @param problems what is wrong, by field
   * @param touched campaigns that the change would reach; it must be sent once more when there are
   *     any
   */
  public record Form(
      @Nullable Integer id,
      int version,
      String name,
      RuleField rule,
      Map<String, String> problems,
      List<Campaign> touched) {
    public String action() {
      return id == null ? "/segments" : "/segments/" + id;
    }
  }

  @GetMapping("/segments/new")
  View fresh() {
    return form(null, 0, "", RuleField.json(null), Map.of(), List.of());
  }

  @GetMapping("/segments/{id:\\d+}/edit")
  View edit(@PathVariable int id) {
    Segment segment = segments.find(id);
    return form(
        id, segment.version(), segment.name(), RuleField.json(segment.rule()), Map.of(), List.of());
  }

  @PostMapping("/segments")
  View create(
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String rule,
      HttpServletRequest request,
      RedirectAttributes next) {
    return save(null, 0, title.strip(), rule, false, request, next);
  }

  @PostMapping("/segments/{id:\\d+}")
  View change(
      @PathVariable int id,
      @RequestParam(defaultValue = "0") int version,
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "") String rule,
      @RequestParam(defaultValue = "false") boolean confirm,
      HttpServletRequest request,
      RedirectAttributes next) {
    return save(id, version, title.strip(), rule, confirm, request, next);
  }

  private View save(
      @Nullable Integer id,
      int version,
      String name,
      String json,
      boolean confirm,
      HttpServletRequest request,
      RedirectAttributes next) {
    Map<String, String> problems = new LinkedHashMap<>();
    Named named = read(name, json, problems);
    List<Campaign> touched = List.of();
    if (named != null) {
      try {
        Segment saved =
            id == null
                ? segments.create(named.name(), named.rule(), Pages.user(request))
                : segments.change(id, version, named.name(), named.rule(), confirm);
        return Redirects.withNotice("The segment is saved.", next, "/segments/" + saved.id());
      } catch (NameTakenException taken) {
        problems.put("title", "Another segment has this name. Choose another one.");
      } catch (StaleVersionException stale) {
        problems.put(
            "title",
            "Somebody else changed this segment meanwhile. Open it in another window, take over what"
                + " you need, and save there.");
      } catch (AudienceException.InUse inUse) {
        touched = inUse.usage().campaigns();
      } catch (AudienceException.UnknownReferences unknown) {
        for (SavedRules.Place place : unknown.places()) {
          problems.put(RuleField.problem(place.pointer()), "This was deleted. Choose another one.");
        }
      } catch (AudienceException refused) {
        problems.put(RuleField.problem(""), String.valueOf(refused.getMessage()));
      }
    }
    return form(id, version, name, json, problems, touched);
  }

  private static @Nullable Named read(String name, String json, Map<String, String> problems) {
    Reading<Named> reading =
        JsonDocument.parse(json)
            .then(
                rule -> {
                  ObjectNode segment = JsonNodeFactory.instance.objectNode().put("name", name);
                  segment.set("rule", rule);
                  return SegmentDefinitionReader.read(segment);
                });
    return switch (reading) {
      case Reading.Understood<Named>(Named named) -> named;
      case Reading.Refused<Named>(List<Problem> wrong) -> {
        for (Problem problem : wrong) {
          problems.putIfAbsent(
              problem.pointer().equals("/name") ? "title" : RuleField.problem(problem.pointer()),
              problem.words());
        }
        yield null;
      }
    };
  }

  private View form(
      @Nullable Integer id,
      int version,
      String name,
      String json,
      Map<String, String> problems,
      List<Campaign> touched) {
    return pages.page(
        problems.isEmpty() && touched.isEmpty() ? 200 : 422,
        Section.SEGMENTS,
        id == null ? "New segment" : "Edit " + name,
        "segments/form.jte",
        new Form(
            id,
            version,
            name,
            rules.field("rule", json, problems, id == null ? 0 : id),
            problems,
            touched));
  }

  @GetMapping("/segments/{id:\\d+}/delete")
  View askDelete(@PathVariable int id) {
    Segment segment = segments.find(id);
    return pages.page(
        Section.SEGMENTS,
        "Delete " + segment.name(),
        "segments/delete.jte",
        new One(segment, rules.words(segment), segments.usage(id).holding()));
  }

  @PostMapping("/segments/{id:\\d+}/delete")
  View delete(@PathVariable int id, RedirectAttributes next) {
    try {
      segments.delete(id);
    } catch (AudienceException.InUse inUse) {
      return Redirects.to("/segments/" + id + "/delete");
    }
    return Redirects.withNotice("The segment is deleted.", next, "/segments");
  }
}
