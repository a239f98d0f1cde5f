package dev.carillon.engine.reporting;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.What;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.CampaignTerms.Explanation;
import dev.carillon.core.report.ReportedFigures;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.core.report.measure.Counting;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.port.facts.AppliedFeed;
import dev.carillon.engine.port.figures.FigureStore;
import dev.carillon.engine.port.ledger.LedgerStore;
import dev.carillon.engine.port.people.MessageLifeStore;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.provider.Connections;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.time.WaitingClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of campaigns, live, and the people behind each of them. All of them come from the
 * campaign's ledger. Thread-safe.
 */
public final class Reports implements AutoCloseable {
  private static final Explanation NO_CONNECTION =
      new Explanation(
          ErrorClass.AMBIGUOUS,
          "The connection that this went out through is not known any more.",
          "Look the code up in the provider's documentation.");

  private static final ReportFilter UNIQUE = ReportFilter.NONE.counting(Counting.UNIQUE);
  private static final ReportFilter TOTAL = ReportFilter.NONE.counting(Counting.TOTAL);

  private final MessageLifeStore messages;
  private final FigureStore figures;
  private final CampaignStore campaigns;
  private final RunStore runs;
  private final Connections connections;
  private final WaitingClock clock;
  private final Account account;
  private final Ledgers ledgers;
  private final ReportCache numbers = new ReportCache();
  private final Snapshots snapshots;

  /**
   * @param account whose zone decides days
   * @param ledgersInMemory how many campaigns' ledgers are kept, 1 or more; fewer when they are
   *     large
   * @param health learns when its background work fails
   */
  public Reports(
      LedgerStore ledgers,
      MessageLifeStore messages,
      FigureStore figures,
      AppliedFeed applied,
      CampaignStore campaigns,
      RunStore runs,
      Connections connections,
      WaitingClock clock,
      Account account,
      int ledgersInMemory,
      ProcessHealth health) {
    this.messages = messages;
    this.figures = figures;
    this.campaigns = campaigns;
    this.runs = runs;
    this.connections = connections;
    this.clock = clock;
    this.account = account;
    this.ledgers = Ledgers.within(Runtime.getRuntime().maxMemory(), ledgers, ledgersInMemory);
    this.snapshots = new Snapshots(ledgers, account, clock, health);
    // One by one, so that what one of them fails with keeps nothing from the others.
    applied.onApplied(this.ledgers::applied);
    applied.onApplied(numbers::applied);
    applied.onApplied(snapshots::applied);
  }

  /** The report of a campaign, complete up to now; empty when there is no such campaign. */
  public Optional<Report> report(int id, ReportFilter filter) {
    return campaigns.campaign(id).map(campaign -> report(campaign, filter));
  }

  /** The report of a campaign, complete up to now. */
  public Report report(Campaign campaign, ReportFilter filter) {
    Instant asOf = clock.instant();
    messages.settle();
    CampaignTerms terms = terms(campaign);
    long mark = numbers.mark();
    int planned = planned(campaign.id());
    Report report =
        ledgers.read(
            campaign.id(),
            account.zone(),
            planned,
            ledger -> CampaignReport.of(ledger, terms, filter, asOf));
    if (filter.equals(ReportFilter.NONE)) {
      numbers.keep(campaign, planned, Tally.of(report), mark);
    }
    return terms.channel().sheet(terms.linksTracked()).figures()
        ? ReportedFigures.beside(
            report, figures.reportedDays(Set.of(campaign.id()), filter.from(), filter.to()), filter)
        : report;
  }

  /**
   * The numbers of campaigns that are known without reading ledgers, complete up to now; those of
   * others are left out until their report is asked for.
   */
  public Map<Integer, Tally> known(List<Campaign> found) {
    messages.settle();
    Map<Integer, Integer> planned =
        runs.plannedMessages(
            found.stream().map(Campaign::id).collect(Collectors.toUnmodifiableSet()));
    Map<Integer, Tally> known = new HashMap<>();
    for (Campaign campaign : found) {
      numbers
          .of(campaign, planned.getOrDefault(campaign.id(), 0))
          .ifPresent(tally -> known.put(campaign.id(), tally));
    }
    return known;
  }

  /**
   * What is shown of a campaign now, without waiting for anything; for one who holds the store
   * still.
   *
   * @param zone decides days
   * @param planned how many messages the campaign has
   */
  Shown shown(Campaign campaign, CampaignTerms terms, ZoneId zone, int planned) {
    Instant asOf = clock.instant();
    return ledgers.read(
        campaign.id(),
        zone,
        planned,
        ledger ->
            new Shown(
                ledger.planned(),
                CampaignReport.of(ledger, terms, UNIQUE, asOf),
                CampaignReport.of(ledger, terms, TOTAL, asOf)));
  }

  /**
   * A campaign's numbers of one moment.
   *
   * @param planned how many messages the ledger knows of
   */
  record Shown(int planned, Report unique, Report total) {}

  /**
   * The people behind a number, by message.
   *
   * @param after only messages with a greater number; -1 from the start
   * @param limit at most so many, 1 to 1,000
   */
  public List<MessagePerson> people(
      Campaign campaign, ReportSet set, ReportFilter filter, int after, int limit) {
    messages.settle();
    CampaignTerms terms = terms(campaign);
    int[] seqs =
        ledgers.read(
            campaign.id(),
            account.zone(),
            planned(campaign.id()),
            ledger -> CampaignReport.members(ledger, terms, filter, set, after, limit));
    return messages.people(campaign.id(), seqs);
  }

  /** Has snapshots of ledgers written now and then, until closed. */
  public void start() {
    snapshots.start();
  }

  /** Ends the writing of snapshots. */
  @Override
  public void close() {
    snapshots.close();
  }

  private int planned(int campaign) {
    return runs.runs(campaign).stream().mapToInt(Run::messages).sum();
  }

  /** What a report needs to know of a campaign beside its ledger. */
  public CampaignTerms terms(Campaign campaign) {
    CampaignDefinition definition = campaign.definition();
    AccountSettings settings = account.settings();
    Goal goal = definition.goal();
    return new CampaignTerms(
        new Report.Heading(
            Integer.toString(campaign.id()),
            definition.name(),
            definition.channel().key(),
            campaign.status().key()),
        definition.channel(),
        false,
        goal == null ? null : goal.within(),
        goal != null && goal.revenueProperty() != null,
        settings.currency(),
        settings.weekStart(),
        controlShare(campaign, settings),
        windowClosed(campaign, goal == null ? null : goal.within()),
        explanations(definition.what()));
  }

  /** The share that was to be held out; runs with other system control groups by their sizes. */
  private double controlShare(Campaign campaign, AccountSettings settings) {
    ControlGroup group = campaign.definition().controlGroup();
    double held = 0;
    long planned = 0;
    for (Run run : runs.runs(campaign.id())) {
      held += group.share(run.systemControlPercent()) * run.messages();
      planned += run.messages();
    }
    return planned == 0 ? group.share(settings.systemControlGroup().percent()) : held / planned;
  }

  private boolean windowClosed(Campaign campaign, @Nullable Duration window) {
    if (!campaign.status().ended() || window == null) {
      return false;
    }
    Instant lastSend = campaign.endedAt();
    for (Run run : runs.runs(campaign.id())) {
      Instant finished = run.finishedAt();
      if (finished != null && (lastSend == null || finished.isAfter(lastSend))) {
        lastSend = finished;
      }
    }
    return lastSend != null && !clock.instant().isBefore(lastSend.plus(window));
  }

  private Function<String, Explanation> explanations(@Nullable What what) {
    Optional<Connected> connected =
        what == null ? Optional.empty() : connections.connection(what.connection());
    return code ->
        connected
            .map(c -> c.provider().explain(code))
            .map(Reports::explanation)
            .orElse(NO_CONNECTION);
  }

  private static Explanation explanation(ErrorMeaning meaning) {
    return new Explanation(meaning.errorClass(), meaning.words(), meaning.action());
  }
}
