package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.campaign.LaunchProblem;
import dev.carillon.engine.campaign.TestMessage;
import dev.carillon.engine.campaign.TestResult;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.pages.audience.SavedNames;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.wording.CampaignText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The page from which a campaign is sent to a few people as a test. */
@Controller
public class TestSendController {
  private final Pages pages;
  private final CampaignService campaigns;
  private final TestSend tests;
  private final ConnectionService connections;
  private final SavedNames names;

  TestSendController(
      Pages pages,
      CampaignService campaigns,
      TestSend tests,
      ConnectionService connections,
      SavedNames names) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.tests = tests;
    this.connections = connections;
    this.names = names;
  }

  /**
   * The page of a test.
   *
   * @param words the campaign in plain words
   * @param identities of the recipients, as typed
   * @param problem what is wrong with that; null when nothing is
   * @param incomplete what is missing in what the campaign says
   * @param lines what became of each message; empty before the test
   */
  public record Test(
      Campaign campaign,
      CampaignText words,
      String identities,
      @Nullable String problem,
      List<LaunchProblem> incomplete,
      List<Line> lines) {

    /** Whether each line is of one of several variants. */
    public boolean variants() {
      return lines.stream().anyMatch(line -> line.variant() != null);
    }

    /** Whether the campaign can still be edited. */
    public boolean changeable() {
      return CampaignAction.EDIT.allowed(campaign);
    }
  }

  /**
   * What became of one message.
   *
   * @param variant name of the variant that it is of; null for a single message
   * @param status the outcome's colour, as that of a campaign's status
   * @param detail what was heard, and what to do
   * @param address with all but its end hidden; null without
   */
  public record Line(
      String identity,
      @Nullable String variant,
      String status,
      String outcome,
      String detail,
      @Nullable String address) {

    static Line of(TestMessage message) {
      return switch (message.result()) {
        case TestResult.Sent sent ->
            line(message, "completed", "Sent", "The provider took it: " + sent.providerMessageId());
        case TestResult.Failed failed ->
            line(
                message,
                "stopped",
                "Refused",
                failed.failure().code()
                    + ": "
                    + failed.failure().text()
                    + ". "
                    + failed.failure().meaning().words()
                    + " "
                    + failed.failure().meaning().action());
        case TestResult.Uncertain uncertain ->
            line(message, "paused", "Uncertain", "It may have been sent. " + uncertain.text());
        case TestResult.Suppressed suppressed ->
            line(
                message,
                "paused",
                "Not sent",
                suppressed.reason().words()
                    + (suppressed.detail() == null ? "" : ": " + suppressed.detail()));
        case TestResult.UnknownPerson _ ->
            line(message, "paused", "Not sent", "No one is known by this identity");
      };
    }

    private static Line line(TestMessage message, String status, String outcome, String detail) {
      TestResult result = message.result();
      return new Line(
          result.identity(), message.variant(), status, outcome, detail, result.maskedAddress());
    }
  }

  @GetMapping("/campaigns/{id:\\d+}/test")
  View ask(@PathVariable int id, HttpServletRequest request) {
    return page(200, campaigns.find(id), request, "", null, List.of(), List.of());
  }

  @PostMapping("/campaigns/{id:\\d+}/test")
  View send(
      @PathVariable int id,
      @RequestParam(defaultValue = "") String identities,
      HttpServletRequest request)
      throws InterruptedException {
    Campaign campaign = campaigns.find(id);
    List<String> people =
        Arrays.stream(identities.split("[\\n,]", -1))
            .map(String::strip)
            .filter(identity -> !identity.isEmpty())
            .distinct()
            .toList();
    if (people.isEmpty() || people.size() > TestSend.MOST) {
      String problem =
          people.isEmpty()
              ? "Name one person at least."
              : "A test goes to at most " + TestSend.MOST + " people.";
      return page(422, campaign, request, identities, problem, List.of(), List.of());
    }
    try {
      List<Line> lines = tests.send(id, people).stream().map(Line::of).toList();
      AuditLog.detail(request, people.size() == 1 ? "1 person" : people.size() + " people");
      return page(200, campaign, request, identities, null, List.of(), lines);
    } catch (CampaignException.NotReady notReady) {
      return page(422, campaign, request, identities, null, notReady.problems(), List.of());
    }
  }

  private View page(
      int status,
      Campaign campaign,
      HttpServletRequest request,
      String identities,
      @Nullable String problem,
      List<LaunchProblem> incomplete,
      List<Line> lines) {
    return pages.page(
        status,
        Section.CAMPAIGNS,
        "Test " + campaign.definition().name(),
        "campaign/test.jte",
        new Test(
            campaign,
            CampaignText.of(campaign, connections, names, pages.format(request)),
            identities,
            problem,
            incomplete,
            lines));
  }
}
