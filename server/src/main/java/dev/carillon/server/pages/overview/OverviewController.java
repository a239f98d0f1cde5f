package dev.carillon.server.pages.overview;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.dispatch.SendProgress;
import dev.carillon.engine.health.ProcessHealth.Problem;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.facts.DeadLetterStore;
import dev.carillon.engine.port.work.HeldConnectionStore;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.server.health.ServerHealth;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.frame.SendingProgress;
import dev.carillon.server.pages.frame.SseStreams;
import dev.carillon.server.pages.wording.WaitingConnection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The first page: what is sending, what goes next, how the last 30 days went, what needs care. */
@Controller
public class OverviewController {
  private static final Duration RECENT = Duration.ofDays(30);
  private static final Duration PACE = Duration.ofSeconds(2);
  private static final Duration SKIPPED_LATELY = Duration.ofDays(7);
  private static final int MOST = 50;

  private final Pages pages;
  private final Numbers numbers;
  private final CampaignStore store;
  private final RunStore runs;
  private final HeldConnectionStore held;
  private final ConnectionService connections;
  private final CallbackHealth health;
  private final DeadLetterStore facts;
  private final ServerHealth server;
  private final SendingProgress progress;
  private final SseStreams watchers;

  OverviewController(
      Pages pages,
      Numbers numbers,
      CampaignStore store,
      RunStore runs,
      HeldConnectionStore held,
      ConnectionService connections,
      CallbackHealth health,
      DeadLetterStore facts,
      ServerHealth server,
      SendingProgress progress,
      SseStreams watchers) {
    this.pages = pages;
    this.numbers = numbers;
    this.store = store;
    this.runs = runs;
    this.held = held;
    this.connections = connections;
    this.health = health;
    this.facts = facts;
    this.server = server;
    this.progress = progress;
    this.watchers = watchers;
  }

  /**
   * @param sending what is being sent
   * @param next what is scheduled, soonest first
   * @param recent what started in the last 30 days, latest first
   * @param care what needs attention, most pressing first
   * @param empty whether there is no campaign at all
   * @param connected whether there is a connection
   */
  public record Overview(
      List<Sending> sending,
      List<Campaign> next,
      List<Recent> recent,
      List<Care> care,
      boolean empty,
      boolean connected) {}

  /**
   * @param progress null when it is not being sent here
   */
  public record Sending(Campaign campaign, Counts counts, @Nullable SendProgress progress) {}

  public record Recent(Campaign campaign, Report report) {}

  /**
   * @param title what it is about
   * @param words what is wrong and what to do
   * @param address where to see to it; null when that is not a page
   */
  public record Care(String title, String words, @Nullable String address) {}

  @GetMapping("/")
  View overview(HttpServletRequest request) {
    DisplayFormat format = pages.format(request);
    return pages.page(Section.OVERVIEW, "Overview", "overview.jte", overview(format.now()));
  }

  /** Sends the page again whenever it has changed. */
  @GetMapping(path = "/overview/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter live(HttpServletRequest request) throws IOException {
    Pages.Frozen frozen = pages.freeze(request, Section.OVERVIEW, "Overview");
    return watchers.watch(
        request,
        () ->
            new SseStreams.Look(
                frozen.text("overview.jte", overview(frozen.format().now())), PACE));
  }

  private Overview overview(Instant now) {
    List<Sending> sending =
        campaigns(CampaignStatus.RUNNING).stream()
            .map(
                campaign ->
                    new Sending(
                        campaign,
                        report(campaign).counts(),
                        progress.of(campaign.id()).orElse(null)))
            .toList();
    List<Campaign> next =
        campaigns(CampaignStatus.SCHEDULED, CampaignStatus.AWAITING_NEXT_RUN).stream()
            .sorted(Comparator.comparing(campaign -> start(campaign, now)))
            .toList();
    List<Recent> recent =
        campaigns(CampaignStatus.COMPLETED, CampaignStatus.STOPPED, CampaignStatus.PAUSED).stream()
            .filter(campaign -> start(campaign, now).isAfter(now.minus(RECENT)))
            .map(campaign -> new Recent(campaign, report(campaign)))
            .toList();
    boolean empty =
        store.campaigns(new CampaignQuery(null, null, Set.of(), null, null, 1, 0)).total() == 0;
    return new Overview(
        sending, next, recent, care(now), empty, !connections.connections().isEmpty());
  }

  private static Instant start(Campaign campaign, Instant otherwise) {
    return campaign.startsAt() == null ? otherwise : campaign.startsAt();
  }

  private Report report(Campaign campaign) {
    return numbers
        .report(campaign.id(), ReportFilter.NONE)
        .orElseThrow(() -> new IllegalStateException("no report of campaign " + campaign.id()));
  }

  private List<Care> care(Instant now) {
    List<Care> care = new ArrayList<>();
    for (Problem problem : server.problems()) {
      care.add(new Care("The server has a problem: " + problem.component(), problem.text(), null));
    }
    for (Problem warning : server.warnings()) {
      care.add(
          new Care(
              "The server may soon have a problem: " + warning.component(), warning.text(), null));
    }
    for (Campaign campaign : campaigns(CampaignStatus.PAUSED)) {
      care.add(
          new Care(
              campaign.definition().name() + " is paused",
              campaign.statusReason() == null ? "" : campaign.statusReason(),
              "/campaigns/" + campaign.id()));
    }
    for (Campaign campaign : campaigns(CampaignStatus.RUNNING)) {
      WaitingConnection.of(held.heldConnections(campaign.id()), connections)
          .forEach(
              waits ->
                  care.add(
                      new Care(
                          campaign.definition().name() + " does not send through " + waits.name(),
                          waits.reason(),
                          "/campaigns/" + campaign.id())));
    }
    for (Run run : runs.skippedRuns(now.minus(SKIPPED_LATELY), MOST)) {
      care.add(
          new Care(
              store
                      .campaign(run.campaign())
                      .map(one -> one.definition().name())
                      .orElse("A campaign")
                  + ": run "
                  + run.number()
                  + " was skipped",
              skippedWords(run) + " No one was sent anything.",
              "/campaigns/" + run.campaign()));
    }
    for (Connected connected : connections.connections()) {
      int id = connected.connection().id();
      for (String advice : health.health(connected).advice()) {
        care.add(new Care(connected.connection().name(), advice, "/connections/" + id));
      }
    }
    long deadLetters = facts.deadLetters();
    if (deadLetters > 0) {
      care.add(
          new Care(
              "Dead letters",
              deadLetters
                  + " records or callbacks were accepted and could not be applied. They are kept:"
                  + " carillon dead-letters list says why, and retry applies them again.",
              "/people"));
    }
    return List.copyOf(care);
  }

  private List<Campaign> campaigns(CampaignStatus first, CampaignStatus... others) {
    return store
        .campaigns(
            new CampaignQuery(
                null, null, Set.copyOf(EnumSet.of(first, others)), null, null, MOST, 0))
        .campaigns();
  }

  private static String skippedWords(Run run) {
    String words = run.skipped() == null ? "" : run.skipped().words();
    return words.endsWith(".") ? words : words + ".";
  }
}
