package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.When;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.server.pages.audience.SavedNames;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.wizard.Conflicts;
import dev.carillon.server.pages.wizard.WizardPages.Meanwhile;
import dev.carillon.server.pages.wizard.WizardSteps;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.WaitingConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What can be done to a campaign from its page. What cannot be undone is asked first. */
@Controller
public class CampaignActions {
  private final Pages pages;
  private final CampaignService campaigns;
  private final WizardSteps steps;
  private final Numbers numbers;
  private final ConnectionService connections;
  private final SavedNames names;
  private final Conflicts conflicts;

  CampaignActions(
      Pages pages,
      CampaignService campaigns,
      WizardSteps steps,
      Numbers numbers,
      ConnectionService connections,
      SavedNames names,
      Conflicts conflicts) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.steps = steps;
    this.numbers = numbers;
    this.connections = connections;
    this.names = names;
    this.conflicts = conflicts;
  }

  /**
   * What is asked before something is done.
   *
   * @param campaign what it is done to
   * @param words the campaign in plain words
   * @param question the question, as a heading
   * @param consequences what will happen, each a sentence
   * @param problems what keeps it from being done; empty when nothing does
   * @param verb what the button says
   * @param action where the answer goes
   * @param destructive whether it takes something away
   * @param meanwhile what others changed since it was opened; null when nothing
   */
  public record Question(
      Campaign campaign,
      CampaignText words,
      String question,
      List<String> consequences,
      List<LaunchProblem> problems,
      String verb,
      String action,
      boolean destructive,
      @Nullable Meanwhile meanwhile) {}

  /**
   * Asks before a launch.
   *
   * @param version of the campaign as opened before; null when none was
   */
  @GetMapping("/campaigns/{id:\\d+}/launch")
  View launch(
      @PathVariable int id,
      @RequestParam(required = false) @Nullable Integer version,
      HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    if (!CampaignAction.LAUNCH.allowed(campaign)) {
      return Redirects.to("/campaigns/" + id);
    }
    return question(200, campaign, version, pages.format(request));
  }

  private View question(
      int status, Campaign campaign, @Nullable Integer version, DisplayFormat format) {
    List<LaunchProblem> problems = campaigns.problems(campaign.definition());
    List<String> consequences = problems.isEmpty() ? steps.words(campaign, format) : List.of();
    boolean now = campaign.definition().when() instanceof When.Now;
    return pages.page(
        status,
        Section.CAMPAIGNS,
        "Launch " + campaign.definition().name(),
        "campaign/question.jte",
        new Question(
            campaign,
            words(campaign, format),
            now ? "Launch this campaign?" : "Schedule this campaign?",
            consequences,
            problems,
            now ? "Launch" : "Schedule",
            "/campaigns/" + campaign.id() + "/launch?version=" + campaign.version(),
            false,
            version == null || version == campaign.version()
                ? null
                : conflicts.since(campaign, version, format)));
  }

  private CampaignText words(Campaign campaign, DisplayFormat format) {
    return CampaignText.of(campaign, connections, names, format);
  }

  /** Launches what was shown; what somebody changed since is shown instead. */
  @PostMapping("/campaigns/{id:\\d+}/launch")
  View launch(
      @PathVariable int id,
      @RequestParam(required = false) @Nullable Integer version,
      HttpServletRequest request,
      RedirectAttributes next) {
    try {
      Campaign launched = campaigns.launch(id, version);
      return Redirects.withNotice(
          launched.status() == CampaignStatus.SCHEDULED
              ? "The campaign is scheduled."
              : "The campaign is launched. Its numbers move below as it is sent.",
          next,
          "/campaigns/" + id);
    } catch (CampaignException.NotReady notReady) {
      return Redirects.to("/campaigns/" + id + "/launch");
    } catch (StaleVersionException | CampaignException.WrongStatus overtaken) {
      Campaign campaign = campaigns.find(id);
      if (CampaignAction.LAUNCH.allowed(campaign)) {
        return question(409, campaign, version, pages.format(request));
      }
      return Redirects.withNotice(
          "Nothing was launched: the campaign's status has changed meanwhile.",
          next,
          "/campaigns/" + id);
    }
  }

  @PostMapping("/campaigns/{id:\\d+}/pause")
  View pause(@PathVariable int id, RedirectAttributes next, HttpServletRequest request) {
    campaigns.pause(id, "Paused by " + request.getRemoteUser());
    return Redirects.withNotice(
        "The campaign is paused. Messages already handed over are not recalled.",
        next,
        "/campaigns/" + id);
  }

  @PostMapping("/campaigns/{id:\\d+}/resume")
  View resume(
      @PathVariable int id,
      @RequestParam(required = false) @Nullable Integer connection,
      RedirectAttributes next) {
    campaigns.resume(id, connection);
    return Redirects.withNotice(
        connection == null
            ? "The campaign goes on."
            : "The campaign sends through "
                + WaitingConnection.name(connection, connections)
                + " again.",
        next,
        "/campaigns/" + id);
  }

  @PostMapping("/campaigns/{id:\\d+}/unschedule")
  View unschedule(@PathVariable int id, RedirectAttributes next) {
    campaigns.unschedule(id);
    return Redirects.withNotice("The campaign is a draft again.", next, "/campaigns/" + id);
  }

  @PostMapping("/campaigns/{id:\\d+}/clone")
  View copy(@PathVariable int id, RedirectAttributes next, HttpServletRequest request) {
    Campaign copy = campaigns.copy(id, Pages.user(request));
    return Redirects.withNotice(
        "This is a copy. Change what differs, then launch it.",
        next,
        "/campaigns/" + copy.id() + "/edit");
  }

  @GetMapping("/campaigns/{id:\\d+}/stop")
  View stop(@PathVariable int id, HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    DisplayFormat format = pages.format(request);
    long pending =
        numbers.report(id, ReportFilter.NONE).map(Report::counts).map(c -> c.pending()).orElse(0L);
    return pages.page(
        Section.CAMPAIGNS,
        "Stop " + campaign.definition().name(),
        "campaign/question.jte",
        new Question(
            campaign,
            words(campaign, format),
            "Stop this campaign for good?",
            List.of(
                format.count(pending, "message", "messages")
                    + " not tried yet will never be sent; they count as suppressed.",
                "What was sent stays sent, and its callbacks are still counted.",
                "A stopped campaign cannot be resumed. To hold it for a while, pause it instead."),
            List.of(),
            "Stop for good",
            "/campaigns/" + id + "/stop",
            true,
            null));
  }

  @PostMapping("/campaigns/{id:\\d+}/stop")
  View stop(@PathVariable int id, RedirectAttributes next) {
    campaigns.stop(id);
    return Redirects.withNotice("The campaign is stopped.", next, "/campaigns/" + id);
  }

  @GetMapping("/campaigns/{id:\\d+}/delete")
  View delete(@PathVariable int id, HttpServletRequest request) {
    Campaign campaign = campaigns.find(id);
    if (!CampaignAction.DELETE.allowed(campaign)) {
      return Redirects.to("/campaigns/" + id);
    }
    return pages.page(
        Section.CAMPAIGNS,
        "Delete " + campaign.definition().name(),
        "campaign/question.jte",
        new Question(
            campaign,
            words(campaign, pages.format(request)),
            "Delete this draft?",
            List.of("It cannot be restored.", "Nothing of it was sent to anybody."),
            List.of(),
            "Delete the draft",
            "/campaigns/" + id + "/delete",
            true,
            null));
  }

  @PostMapping("/campaigns/{id:\\d+}/delete")
  View delete(@PathVariable int id, RedirectAttributes next) {
    campaigns.delete(id);
    return Redirects.withNotice("The draft is deleted.", next, "/campaigns");
  }

  @PostMapping("/campaigns/{id:\\d+}/archive")
  View archive(@PathVariable int id, RedirectAttributes next) {
    campaigns.archive(id);
    return Redirects.withNotice(
        "The campaign is in the archive. Its numbers stay; the list can show the archive.",
        next,
        "/campaigns/" + id);
  }

  @PostMapping("/campaigns/{id:\\d+}/unarchive")
  View unarchive(@PathVariable int id, RedirectAttributes next) {
    campaigns.unarchive(id);
    return Redirects.withNotice("The campaign is in the list again.", next, "/campaigns/" + id);
  }
}
