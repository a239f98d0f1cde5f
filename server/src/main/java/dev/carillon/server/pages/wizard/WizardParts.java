package dev.carillon.server.pages.wizard;

import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.campaign.What;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.audience.AudienceException;
import dev.carillon.engine.audience.Segments;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.PersonalisationCheck;
import dev.carillon.engine.campaign.PersonalisationCheck.Outcome;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.people.SearchReader;
import dev.carillon.engine.port.audience.AudienceStore;
import dev.carillon.engine.port.audience.Evaluation;
import dev.carillon.engine.port.people.PeopleStore;
import dev.carillon.engine.port.people.Person;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.pages.audience.FilterRow;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Parameters;
import dev.carillon.server.pages.frame.PersonLink;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.people.FormattedJson;
import dev.carillon.server.pages.wizard.WizardPages.Bubble;
import dev.carillon.server.pages.wizard.WizardPages.CheckPart;
import dev.carillon.server.pages.wizard.WizardPages.Choice;
import dev.carillon.server.pages.wizard.WizardPages.Coming;
import dev.carillon.server.pages.wizard.WizardPages.Failure;
import dev.carillon.server.pages.wizard.WizardPages.PickPart;
import dev.carillon.server.pages.wizard.WizardPages.PreviewPart;
import dev.carillon.server.pages.wizard.WizardPages.ReachPart;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The parts of the wizard's steps that follow what is being typed. Nothing is kept here. */
@Controller
public class WizardParts {
  private static final int MOST_PICKED = 8;
  private static final int MOST_FAILURES = 50;

  private final Pages pages;
  private final CampaignService campaigns;
  private final WizardSteps steps;
  private final PeopleStore people;
  private final AudienceStore audiences;
  private final Segments segments;
  private final ConnectionService connections;
  private final PersonalisationCheck check;
  private final PeopleReads reads;
  private final SearchReader searches = new SearchReader();

  WizardParts(
      Pages pages,
      CampaignService campaigns,
      WizardSteps steps,
      PeopleStore people,
      AudienceStore audiences,
      Segments segments,
      ConnectionService connections,
      PersonalisationCheck check,
      PeopleReads reads) {
    this.reads = reads;
    this.pages = pages;
    this.campaigns = campaigns;
    this.steps = steps;
    this.people = people;
    this.audiences = audiences;
    this.segments = segments;
    this.connections = connections;
    this.check = check;
  }

  /** The runs that a plan means. */
  @PostMapping("/campaigns/{id:\\d+}/edit/when/preview")
  View coming(@PathVariable int id, HttpServletRequest request) {
    CampaignDefinition before = campaigns.find(id).definition();
    WhenForm form = WhenForm.of(request.getParameterMap());
    DisplayFormat format = pages.format(request);
    Coming coming =
        form.empty().isEmpty()
            ? switch (DefinitionReader.change(before, form.changes(before))) {
              case Reading.Understood<CampaignDefinition>(CampaignDefinition read) ->
                  ComingRuns.of(read, format);
              case Reading.Refused<CampaignDefinition>(var wrong) ->
                  Coming.said(WizardSteps.sentence(wrong.getFirst().words()));
            }
            : Coming.said(form.empty().values().iterator().next());
    return part("campaign/coming.jte", coming);
  }

  /** One more date to fill. */
  @PostMapping("/campaigns/{id:\\d+}/edit/when/dates/preview")
  View dates(HttpServletRequest request) {
    return part("campaign/dates.jte", WhenForm.of(request.getParameterMap()).dates());
  }

  /** One more filter of the goal to fill. */
  @PostMapping("/campaigns/{id:\\d+}/edit/labels/filters/preview")
  View filters(HttpServletRequest request) {
    List<FilterRow> rows =
        new ArrayList<>(LabelsForm.of(request.getParameterMap()).goal().filters());
    rows.add(FilterRow.EMPTY);
    return part("campaign/filters.jte", List.copyOf(rows));
  }

  /** Whether the goal's event comes by keys that everybody can copy. */
  @PostMapping("/campaigns/{id:\\d+}/edit/labels/trust/preview")
  View trust(HttpServletRequest request) {
    return part("campaign/trust.jte", steps.trust(LabelsForm.of(request.getParameterMap()).goal()));
  }

  /** How many people the audience means. */
  @PostMapping("/campaigns/{id:\\d+}/edit/who/preview")
  View reach(@PathVariable int id, HttpServletRequest request) {
    WhoForm form = WhoForm.of(request.getParameterMap());
    Campaign campaign = campaigns.find(id);
    int percent = form.control().matches("\\d{1,2}") ? Integer.parseInt(form.control()) : 0;
    ControlGroup control = new ControlGroup(percent, form.system());
    return part(
        "campaign/reach.jte",
        reach(form, campaign.definition().channel(), control, pages.format(request)));
  }

  private ReachPart reach(
      WhoForm form, Channel channel, ControlGroup control, DisplayFormat format) {
    if (!form.empty().isEmpty()) {
      return ReachPart.said(form.empty().values().iterator().next());
    }
    return switch (form.read()) {
      case Reading.Understood<Rule>(Rule rule) -> {
        try {
          yield segments.unknown(rule).isEmpty()
              ? steps.reach(rule, channel, control, form.limits().bounds(), format)
              : ReachPart.said("What it refers to was deleted. Choose again.");
        } catch (AudienceException refused) {
          yield ReachPart.said(String.valueOf(refused.getMessage()));
        }
      }
      case Reading.Refused<Rule> _ ->
          ReachPart.said("Counted as soon as every condition is complete.");
    };
  }

  /** The part in which a variant's template is picked, once the provider was asked. */
  @PostMapping("/campaigns/{id:\\d+}/edit/what/template/preview")
  View template(
      @PathVariable int id,
      @RequestParam(defaultValue = "0") int variant,
      HttpServletRequest request) {
    Map<String, String[]> sent = request.getParameterMap();
    WhatForm form = WhatForm.of(sent);
    int number = Math.clamp(variant, 0, Variants.MOST - 1);
    WhatForm.VariantForm one = form.variants().get(number);
    boolean typing =
        Parameters.text(sent, one.prefix() + "choice")
            .filter(TemplateForm.OTHER::equals)
            .isPresent();
    TemplatePart part =
        steps.template(
            form.connection(),
            one.template(),
            typing,
            steps.kept(campaigns.find(id), form, number));
    return part("campaign/template-part.jte", new Picked(variant, one.prefix(), part));
  }

  /**
   * A variant's template.
   *
   * @param prefix what the names of its fields begin with
   */
  public record Picked(int variant, String prefix, TemplatePart template) {}

  /** What the messages become for somebody. */
  @PostMapping("/campaigns/{id:\\d+}/edit/what/preview")
  View message(@PathVariable int id, HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    Map<String, String[]> sent = request.getParameterMap();
    WhatForm form = WhatForm.of(sent);
    Optional<Person> person =
        Parameters.text(sent, "person")
            .flatMap(people::person)
            .or(() -> anybody(campaign, pages.format(request)));
    if (person.isPresent()) {
      reads.note(PeopleReads.Kind.PREVIEW, Integer.toString(id), "", 1);
    }
    @Nullable Connected through =
        form.connection().matches("[1-9]\\d{0,8}")
            ? connections.connection(Integer.parseInt(form.connection())).orElse(null)
            : null;
    List<Bubble> bubbles =
        form.used().stream()
            .filter(variant -> !variant.blank())
            .map(
                variant ->
                    MessagePreview.of(
                        form.kind().equals("single") ? "" : variant.name(),
                        variant,
                        steps.template(form.connection(), variant.template(), false, Map.of()),
                        through,
                        person.orElse(null)))
            .toList();
    return part(
        "campaign/preview.jte",
        person
            .map(found -> new PreviewPart(found.identity().value(), name(found), bubbles))
            .orElse(new PreviewPart("", "", bubbles)));
  }

  /** Somebody who fits; else somebody at all. */
  private Optional<Person> anybody(Campaign campaign, DisplayFormat format) {
    Rule who = campaign.definition().who();
    Rule rule =
        new Rule.All(
            List.of(
                who == null ? new Rule.Everyone() : segments.resolved(who),
                new Rule.Reachable(campaign.definition().channel())));
    return audiences.members(rule, new Evaluation(format.now(), format.zone()), -1, 1).stream()
        .findFirst()
        .flatMap(member -> people.person(member.identity()));
  }

  private static String name(Person person) {
    String name = FormattedJson.text(person.properties(), "Name");
    return name == null ? person.identity().value() : name;
  }

  /** People to preview with. */
  @PostMapping("/campaigns/{id:\\d+}/edit/what/people/preview")
  View people(HttpServletRequest request) {
    Map<String, String[]> sent = request.getParameterMap();
    String search = Parameters.text(sent, "search").orElse("");
    List<Choice> people =
        search.isEmpty()
            ? List.of()
            : found(search, pages.format(request)).stream()
                .map(person -> new Choice(person.identity().value(), name(person)))
                .toList();
    if (!search.isEmpty()) {
      reads.note(PeopleReads.Kind.SEARCH, people.size());
    }
    return part(
        "campaign/pick.jte",
        new PickPart(people, Parameters.text(sent, "person").orElse(""), search));
  }

  private List<Person> found(String search, DisplayFormat format) {
    String text = search.substring(0, Math.min(SearchReader.LONGEST, search.length()));
    return people.searchPeople(
        searches.read(text, new Evaluation(format.now(), format.zone()), null, MOST_PICKED));
  }

  /** The people that what is typed, or else kept, cannot be filled for. */
  @PostMapping("/campaigns/{id:\\d+}/edit/{step:what|overview}/check/preview")
  View check(@PathVariable int id, @PathVariable String step, HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    CampaignDefinition definition = campaign.definition();
    if (step.equals("what")) {
      WhatForm form = WhatForm.of(request.getParameterMap());
      if (!form.empty().isEmpty()) {
        return said(form.empty().values().iterator().next());
      }
      switch (DefinitionReader.change(definition, form.changes(definition))) {
        case Reading.Understood<CampaignDefinition>(CampaignDefinition read) -> definition = read;
        case Reading.Refused<CampaignDefinition>(var wrong) -> {
          return said(WizardSteps.sentence(wrong.getFirst().words()));
        }
      }
    }
    What what = definition.what();
    if (what == null) {
      return said("There is nothing to fill yet: choose a template first.");
    }
    DisplayFormat format = pages.format(request);
    Rule who = definition.who() == null ? new Rule.Everyone() : definition.who();
    return check
        .check(what, who, definition.channel(), new Evaluation(format.now(), format.zone()))
        .map(outcome -> checked(outcome, what))
        .map(
            checked -> {
              if (checked.count() > 0) {
                reads.note(PeopleReads.Kind.PREVIEW, Integer.toString(id), "", checked.count());
              }
              return part("campaign/check.jte", checked);
            })
        .orElseGet(() -> said("The connection cannot be used, so nothing can be filled."));
  }

  private View said(String words) {
    return part("campaign/check.jte", new CheckPart(0, false, List.of(), 0, words));
  }

  private static CheckPart checked(Outcome outcome, What what) {
    List<Failure> failures =
        outcome.failing().stream()
            .limit(MOST_FAILURES)
            .map(
                failing ->
                    new Failure(
                        failing.identity().value(),
                        PersonLink.address(failing.identity()),
                        what instanceof Variants variants
                            ? variants.variants().get(failing.message()).name()
                            : "",
                        failing.reason()))
            .toList();
    int people =
        Math.toIntExact(
            outcome.failing().stream()
                .map(PersonalisationCheck.Failing::identity)
                .distinct()
                .count());
    return new CheckPart(outcome.looked(), outcome.everybody(), failures, people, null);
  }

  private View part(String template, Object model) {
    return pages.page(Section.CAMPAIGNS, "Part", template, model);
  }
}
