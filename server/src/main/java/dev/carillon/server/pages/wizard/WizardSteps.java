package dev.carillon.server.pages.wizard;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.port.audience.Reach;
import dev.carillon.engine.port.audience.Suggestion;
import dev.carillon.engine.port.audience.SuggestionStore;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.schedule.RunSchedule;
import dev.carillon.server.pages.audience.RuleField;
import dev.carillon.server.pages.audience.RuleFields;
import dev.carillon.server.pages.audience.SavedNames;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.wizard.WizardPages.Bounds;
import dev.carillon.server.pages.wizard.WizardPages.LabelsPage;
import dev.carillon.server.pages.wizard.WizardPages.OverviewPage;
import dev.carillon.server.pages.wizard.WizardPages.PreviewPart;
import dev.carillon.server.pages.wizard.WizardPages.ReachPart;
import dev.carillon.server.pages.wizard.WizardPages.TrustPart;
import dev.carillon.server.pages.wizard.WizardPages.WhatPage;
import dev.carillon.server.pages.wizard.WizardPages.WhenPage;
import dev.carillon.server.pages.wizard.WizardPages.WhoPage;
import dev.carillon.server.pages.wording.DeliveryText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/** Makes the pages of the wizard's steps. Thread-safe. */
@Component
public class WizardSteps {
  private static final int SUGGESTIONS = 50;

  private static final int OFFERED_PROPERTIES = 100;

  private final Pages pages;
  private final CampaignService campaigns;
  private final CampaignStore store;
  private final SuggestionStore facts;
  private final RuleFields rules;
  private final SavedNames names;
  private final ConnectionService connections;
  private final TemplateCache shelf;
  private final RunSchedule calendar;

  WizardSteps(
      Pages pages,
      CampaignService campaigns,
      CampaignStore store,
      SuggestionStore facts,
      RuleFields rules,
      SavedNames names,
      ConnectionService connections,
      TemplateCache shelf,
      RunSchedule calendar) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.store = store;
    this.facts = facts;
    this.rules = rules;
    this.names = names;
    this.connections = connections;
    this.shelf = shelf;
    this.calendar = calendar;
  }

  /** A step's form as a browser sent it. */
  static StepForm sent(WizardStep step, Map<String, String[]> sent) {
    return switch (step) {
      case WHEN -> WhenForm.of(sent);
      case WHO -> WhoForm.of(sent);
      case WHAT -> WhatForm.of(sent);
      case LABELS -> LabelsForm.of(sent);
      case OVERVIEW -> throw new IllegalArgumentException("nothing is typed into the overview");
    };
  }

  /** A step's form as it is kept. */
  StepForm form(Campaign campaign, WizardStep step) {
    return switch (step) {
      case WHEN -> WhenForm.of(campaign.definition());
      case WHO -> WhoForm.of(campaign.definition());
      case WHAT -> WhatForm.of(campaign.definition());
      case LABELS -> LabelsForm.of(campaign.definition(), goalFixed(campaign));
      case OVERVIEW -> throw new IllegalArgumentException("nothing is typed into the overview");
    };
  }

  private static boolean goalFixed(Campaign campaign) {
    return campaign.status() != CampaignStatus.DRAFT
        && campaign.status() != CampaignStatus.SCHEDULED;
  }

  private List<PropertyText> properties() {
    return facts.suggestProperties("", OFFERED_PROPERTIES).stream()
        .flatMap(known -> PropertyText.of(known.text()).stream())
        .toList();
  }

  /** The page of a step, with what is wrong beside its fields. */
  View step(
      Campaign campaign,
      WizardStep step,
      StepForm form,
      Map<String, String> problems,
      DisplayFormat format) {
    Wizard wizard = wizard(campaign, step, form, sentences(problems));
    Object model =
        switch (form) {
          case WhenForm when ->
              new WhenPage(wizard, when, ComingRuns.of(campaign.definition(), format), quiet());
          case WhoForm who ->
              new WhoPage(
                  wizard,
                  who,
                  rules.field("rule", who.rule(), wizard.problems(), 0),
                  calendar.account().settings(),
                  campaign.definition().channel());
          case WhatForm what ->
              new WhatPage(
                  wizard,
                  what,
                  templates(what, wizard.problems()),
                  connections.connections(),
                  properties(),
                  PreviewPart.NONE);
          case LabelsForm labels -> labels(wizard, labels);
        };
    return pages.page(
        problems.isEmpty() ? 200 : 422,
        Section.CAMPAIGNS,
        step.title() + ": " + campaign.definition().name(),
        "campaign/step-" + step.key() + ".jte",
        model);
  }

  /** The account's quiet hours in words; null without any. */
  private @Nullable String quiet() {
    QuietHours hours = calendar.account().settings().quietHours();
    return hours == null ? null : DeliveryText.hours(hours);
  }

  /** What is known beside the fields of the last step. */
  private LabelsPage labels(Wizard wizard, LabelsForm form) {
    String event = form.goal().event();
    return new LabelsPage(
        wizard,
        form,
        store.labels(),
        texts(facts.suggestEvents("", SUGGESTIONS)),
        event.isBlank() ? List.of() : texts(facts.suggestEventProperties(event, "", SUGGESTIONS)),
        trust(form.goal()));
  }

  /** A remark on the senders of a goal's event. */
  TrustPart trust(LabelsForm.GoalForm goal) {
    return new TrustPart(!goal.event().isBlank() && facts.isPublicEvent(goal.event()), goal.any());
  }

  private static List<String> texts(List<Suggestion> suggestions) {
    return suggestions.stream().map(Suggestion::text).toList();
  }

  private static Map<String, String> sentences(Map<String, String> problems) {
    Map<String, String> sentences = new LinkedHashMap<>();
    problems.forEach(
        (field, words) ->
            sentences.put(field, field.startsWith(RuleField.PROBLEM) ? words : sentence(words)));
    return sentences;
  }

  /** The words as a sentence. */
  static String sentence(String words) {
    String first = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return first.endsWith(".") ? first : first + ".";
  }

  /** What all steps show where nothing is typed. */
  Wizard wizard(Campaign campaign, WizardStep step) {
    return new Wizard(campaign, step, missing(campaign), Map.of(), false);
  }

  /** With what kept the form from being saved, else with what is wrong with it as it is kept. */
  private Wizard wizard(
      Campaign campaign, WizardStep step, StepForm form, Map<String, String> problems) {
    Wizard wizard = new Wizard(campaign, step, missing(campaign), problems, !problems.isEmpty());
    if (wizard.refused() || wizard.state(step) != Wizard.State.WRONG) {
      return wizard;
    }
    // where the provider's list is at hand, each placeholder of a template has its own field
    StepForm fields =
        form instanceof WhatForm what && shelf.known(what.connection()) ? what.picked() : form;
    return new Wizard(
        campaign, step, wizard.missing(), kept(wizard.missing(), step, fields), false);
  }

  /** What is wrong with a step as it is kept, by field. */
  private static Map<String, String> kept(
      List<LaunchProblem> missing, WizardStep step, StepForm form) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (LaunchProblem problem : missing) {
      if (WizardStep.ofPointer(problem.pointer()) == step) {
        kept.putIfAbsent(form.field(problem.pointer()), sentence(problem.words()));
      }
    }
    return kept;
  }

  /** What is wrong with a variant's template, where the form has it as it is kept. */
  Map<String, String> kept(Campaign campaign, WhatForm form, int number) {
    WhatForm.VariantForm variant = form.variants().get(number);
    WhatForm before = WhatForm.of(campaign.definition());
    return variant.template().says(before.variants().get(number).template())
        ? own(kept(missing(campaign), WizardStep.WHAT, before.picked()), variant.prefix())
        : Map.of();
  }

  private List<LaunchProblem> missing(Campaign campaign) {
    return CampaignAction.EDIT.allowed(campaign)
        ? campaigns.problems(campaign.definition())
        : List.of();
  }

  /** The template of each variant; those that show the list already ask for it here. */
  private List<TemplatePart> templates(WhatForm form, Map<String, String> problems) {
    List<TemplatePart> parts = new ArrayList<>();
    for (WhatForm.VariantForm variant : form.variants()) {
      Map<String, String> own = own(problems, variant.prefix());
      parts.add(
          variant.template().picked() || shelf.known(form.connection())
              ? template(form.connection(), variant.template(), false, own)
              : TemplatePart.typed(variant.template(), null, own));
    }
    return parts;
  }

  /** The problems of the fields that begin so, without that. */
  private static Map<String, String> own(Map<String, String> problems, String prefix) {
    Map<String, String> own = new LinkedHashMap<>();
    problems.forEach(
        (field, words) -> {
          if (field.startsWith(prefix)) {
            own.put(field.substring(prefix.length()), words);
          }
        });
    return own;
  }

  /** The part in which a template is picked, once the provider was asked. */
  TemplatePart template(
      String connection, TemplateForm form, boolean typing, Map<String, String> problems) {
    return shelf
        .listing(connection)
        .map(listing -> TemplatePart.of(form, listing, typing, problems))
        .orElseGet(() -> TemplatePart.typed(form, null, problems));
  }

  /** How many people a rule means now, and a control group holds out of them. */
  ReachPart reach(
      @Nullable Rule rule,
      Channel channel,
      ControlGroup control,
      Bounds bounds,
      DisplayFormat format) {
    if (rule == null) {
      return ReachPart.said("Nothing is decided yet.");
    }
    Reach reach = rules.reach(rule, format);
    long reachable = reach.reachable().getOrDefault(channel, 0L);
    double share = control.share(calendar.account().settings().systemControlGroup().percent());
    return new ReachPart(reach.total(), reachable, Math.round(reachable * share), bounds, null);
  }

  /** The last step: what will happen, and what is missing. */
  View overview(Campaign campaign, DisplayFormat format) {
    Wizard wizard = wizard(campaign, WizardStep.OVERVIEW);
    return pages.page(
        Section.CAMPAIGNS,
        "Overview: " + campaign.definition().name(),
        "campaign/step-overview.jte",
        new OverviewPage(
            wizard, words(campaign, format), WizardPages.atOnce(campaign.definition().when())));
  }

  /** What a campaign will do, a sentence each. */
  public List<String> words(Campaign campaign, DisplayFormat format) {
    CampaignDefinition definition = campaign.definition();
    ReachPart reach =
        reach(
            definition.who(),
            definition.channel(),
            definition.controlGroup(),
            Bounds.of(definition.limits()),
            format);
    return new PlanText(campaign, names, connections, calendar.account(), format).sentences(reach);
  }
}
