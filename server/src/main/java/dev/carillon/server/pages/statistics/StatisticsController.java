package dev.carillon.server.pages.statistics;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.report.figure.Report;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.campaign.VariantDecisionStore;
import dev.carillon.server.pages.audience.SavedNames;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.frame.SendingProgress;
import dev.carillon.server.pages.frame.SseStreams;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.WaitingConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The statistics page of a campaign, and the same as a live stream. */
@Controller
class StatisticsController {
  private final Pages pages;
  private final Numbers numbers;
  private final CampaignService campaigns;
  private final RunStore runs;
  private final VariantDecisionStore variantDecisions;
  private final ConnectionService connections;
  private final SavedNames names;
  private final SendingProgress progress;
  private final SseStreams watchers;

  StatisticsController(
      Pages pages,
      Numbers numbers,
      CampaignService campaigns,
      RunStore runs,
      VariantDecisionStore variantDecisions,
      ConnectionService connections,
      SavedNames names,
      SendingProgress progress,
      SseStreams watchers) {
    this.pages = pages;
    this.numbers = numbers;
    this.campaigns = campaigns;
    this.runs = runs;
    this.variantDecisions = variantDecisions;
    this.connections = connections;
    this.names = names;
    this.progress = progress;
    this.watchers = watchers;
  }

  @GetMapping("/campaigns/{id:\\d+}")
  View statistics(@PathVariable int id, HttpServletRequest request) {
    StatisticsPage page = page(id, request);
    return pages.page(
        Section.CAMPAIGNS, page.campaign().definition().name(), "statistics/page.jte", page);
  }

  /** Sends the numbers again whenever they have changed, about once a second while sending. */
  @GetMapping(path = "/campaigns/{id:\\d+}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(@PathVariable int id, HttpServletRequest request) throws IOException {
    Pages.Frozen frozen = pages.freeze(request, Section.CAMPAIGNS, "");
    StatisticsQuery query = StatisticsQuery.of(request.getParameterMap());
    return watchers.watch(
        request,
        () -> {
          StatisticsPage page = page(id, query, frozen.format());
          return new SseStreams.Look(
              frozen.text("statistics/live.jte", page), pace(page.campaign().status()));
        });
  }

  private static Duration pace(CampaignStatus status) {
    return status == CampaignStatus.RUNNING ? Duration.ofSeconds(1) : Duration.ofSeconds(5);
  }

  private StatisticsPage page(int id, HttpServletRequest request) {
    return page(id, StatisticsQuery.of(request.getParameterMap()), pages.format(request));
  }

  private StatisticsPage page(int id, StatisticsQuery query, DisplayFormat format) {
    Campaign campaign = campaigns.find(id);
    Report report =
        numbers
            .report(id, query.filter())
            .orElseThrow(() -> new IllegalStateException("no report of campaign " + id));
    return StatisticsPage.of(
        campaign,
        CampaignText.of(campaign, connections, names, format),
        runs.runs(id),
        variantDecisions.variantDecisions(id),
        progress.of(id).orElse(null),
        WaitingConnection.of(campaigns.waiting(campaign), connections),
        query,
        report,
        format);
  }
}
