package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/**
 * The wizard in which campaigns are written: each step has its address, and is saved by itself. A
 * save from a version that somebody else has changed meanwhile is never taken silently.
 */
@Controller
public class WizardController {
  private static final int USUAL_CONTROL = 10;

  private final Pages pages;
  private final CampaignService campaigns;
  private final WizardSteps steps;
  private final Conflicts conflicts;
  private final ConnectionService connections;

  WizardController(
      Pages pages,
      CampaignService campaigns,
      WizardSteps steps,
      Conflicts conflicts,
      ConnectionService connections) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.steps = steps;
    this.conflicts = conflicts;
    this.connections = connections;
  }

  /**
   * The beginning of a campaign.
   *
   * @param channels those that can send
   * @param problem what is wrong with the name; null when nothing is
   */
  public record Fresh(
      String name, Channel channel, List<Channel> channels, @Nullable String problem) {}

  @GetMapping("/campaigns/new")
  View fresh() {
    return fresh(200, "", Channel.WHATSAPP, null);
  }

  private View fresh(int status, String name, Channel channel, @Nullable String problem) {
    List<Channel> channels =
        Arrays.stream(Channel.values())
            .filter(
                one -> connections.providers().stream().anyMatch(known -> known.channel() == one))
            .toList();
    return pages.page(
        status,
        Section.CAMPAIGNS,
        "New campaign",
        "campaign/new.jte",
        new Fresh(name, channel, channels, problem));
  }

  @PostMapping("/campaigns")
  View create(
      @RequestParam(defaultValue = "") String title,
      @RequestParam(defaultValue = "whatsapp") String channel,
      HttpServletRequest request) {
    String name = title.strip();
    Channel known = Channel.ofKey(channel).orElse(Channel.WHATSAPP);
    if (name.isEmpty()) {
      return fresh(422, title, known, "Give the campaign a name.");
    }
    CampaignDefinition unnamed =
        CampaignDefinition.draft("", known, new ControlGroup(USUAL_CONTROL));
    ObjectNode named = JsonNodeFactory.instance.objectNode().put("name", name);
    return switch (DefinitionReader.change(unnamed, named)) {
      case Reading.Understood<CampaignDefinition>(CampaignDefinition definition) -> {
        Campaign draft = campaigns.create(definition, Pages.user(request));
        yield Redirects.to("/campaigns/" + draft.id() + "/edit/when");
      }
      case Reading.Refused<CampaignDefinition>(var wrong) ->
          fresh(422, title, known, "The name: " + wrong.getFirst().words() + ".");
    };
  }

  /** Leads to what is to be decided next. */
  @GetMapping("/campaigns/{id:\\d+}/edit")
  View edit(@PathVariable int id) {
    Campaign campaign = campaigns.find(id);
    if (!CampaignAction.EDIT.allowed(campaign)) {
      return Redirects.to("/campaigns/" + id + "/edit/" + WizardStep.LABELS.key());
    }
    WizardStep next =
        campaigns.problems(campaign.definition()).stream()
            .map(problem -> WizardStep.ofPointer(problem.pointer()))
            .min(WizardStep::compareTo)
            .orElse(WizardStep.OVERVIEW);
    return Redirects.to("/campaigns/" + id + "/edit/" + next.key());
  }

  @GetMapping("/campaigns/{id:\\d+}/edit/{key:when|who|what|labels|overview}")
  View step(@PathVariable int id, @PathVariable String key, HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    WizardStep step = WizardStep.ofKey(key).orElseThrow();
    if (step != WizardStep.LABELS && !CampaignAction.EDIT.allowed(campaign)) {
      return Redirects.to("/campaigns/" + id);
    }
    return step == WizardStep.OVERVIEW
        ? steps.overview(campaign, pages.format(request))
        : steps.step(campaign, step, steps.form(campaign, step), Map.of(), pages.format(request));
  }

  /** Saves a step and goes where the button says. */
  @PostMapping("/campaigns/{id:\\d+}/edit/{key:when|who|what|labels}")
  View save(
      @PathVariable int id,
      @PathVariable String key,
      @RequestParam(defaultValue = "0") int version,
      @RequestParam(defaultValue = "next") String then,
      HttpServletRequest request,
      RedirectAttributes next) {
    WizardStep step = WizardStep.ofKey(key).orElseThrow();
    Campaign campaign = campaigns.find(id);
    DisplayFormat format = pages.format(request);
    StepForm form = WizardSteps.sent(step, request.getParameterMap());
    ObjectNode changes = form.changes(campaign.definition());
    theirs(request.getParameterMap()).forEach(changes::remove);
    Map<String, String> problems = new LinkedHashMap<>(form.empty());
    CampaignDefinition definition = read(campaign, changes, form, problems);
    if (definition == null) {
      return steps.step(campaign, step, form, problems, format);
    }
    try {
      if (version != campaign.version()) {
        throw new StaleVersionException("the form was made from version " + version);
      }
      campaigns.change(id, version, definition, Pages.user(request));
    } catch (StaleVersionException stale) {
      return conflicts.page(
          campaigns.find(id), step, version, changes, request.getParameterMap(), format);
    } catch (CampaignException.NotReady notReady) {
      notReady.problems().forEach(problem -> place(problems, step, form, problem));
      return steps.step(campaign, step, form, problems, format);
    }
    return Redirects.to(target(id, step, then, next));
  }

  /** The parts for which somebody chose to keep what another one has made of them. */
  private static Set<String> theirs(Map<String, String[]> sent) {
    Set<String> theirs = new LinkedHashSet<>();
    sent.forEach(
        (name, values) -> {
          if (name.startsWith(Conflicts.KEEP) && values[0].equals("theirs")) {
            theirs.add(name.substring(Conflicts.KEEP.length()));
          }
        });
    return theirs;
  }

  private static @Nullable CampaignDefinition read(
      Campaign campaign, ObjectNode changes, StepForm form, Map<String, String> problems) {
    return switch (DefinitionReader.change(campaign.definition(), changes)) {
      case Reading.Understood<CampaignDefinition>(CampaignDefinition definition) ->
          problems.isEmpty() ? definition : null;
      case Reading.Refused<CampaignDefinition>(var wrong) -> {
        wrong.forEach(one -> problems.putIfAbsent(form.field(one.pointer()), one.words()));
        yield null;
      }
    };
  }

  /** Puts a problem beside its field, or on top with the name of its step. */
  private static void place(
      Map<String, String> problems, WizardStep step, StepForm form, LaunchProblem problem) {
    WizardStep home = WizardStep.ofPointer(problem.pointer());
    String field = home == step ? form.field(problem.pointer()) : "step:" + home.key();
    problems.putIfAbsent(field, problem.words());
  }

  private static String target(int id, WizardStep step, String then, RedirectAttributes next) {
    String campaign = "/campaigns/" + id;
    String saved = "Saved.";
    return switch (then) {
      case "back" -> campaign + "/edit/" + step.previous().key();
      case "test" -> campaign + "/test";
      case "leave" -> {
        next.addFlashAttribute(Pages.NOTICE, saved);
        yield campaign;
      }
      case "stay" -> {
        next.addFlashAttribute(Pages.NOTICE, saved);
        yield campaign + "/edit/" + step.key();
      }
      default -> campaign + "/edit/" + step.next().key();
    };
  }
}
