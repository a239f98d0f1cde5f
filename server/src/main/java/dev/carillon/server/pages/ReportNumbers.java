package dev.carillon.server.pages;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.What;
import dev.carillon.core.ledger.Ledger;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.report.CampaignReport;
import dev.carillon.core.report.CampaignTerms;
import dev.carillon.core.report.Report;
import dev.carillon.core.report.ReportFilter;
import dev.carillon.core.report.ReportSet;
import dev.carillon.engine.channel.Connections;
import dev.carillon.engine.channel.ErrorMeaning;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.MessageStore.MessagePerson;
import dev.carillon.server.wiring.CarillonSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The numbers from reports over ledgers that are loaded anew each time. */
final class ReportNumbers implements Numbers {
  private final CampaignStore campaigns;
  private final FactStore facts;
  private final Connections connections;
  private final InstantSource clock;
  private final CarillonSettings settings;

  ReportNumbers(
      CampaignStore campaigns,
      FactStore facts,
      Connections connections,
      InstantSource clock,
      CarillonSettings settings) {
    this.campaigns = campaigns;
    this.facts = facts;
    this.connections = connections;
    this.clock = clock;
    this.settings = settings;
  }

  @Override
  public Optional<Report> report(int campaign, ReportFilter filter) {
    Instant asOf = clock.instant();
    return campaigns
        .campaign(campaign)
        .map(
            found ->
                CampaignReport.of(ledger(campaign), terms(found, asOf), filter, asOf)
                    .heard(facts.lastCallbackAt(campaign)));
  }

  @Override
  public List<MessagePerson> people(
      int campaign, ReportFilter filter, ReportSet set, int after, int limit) {
    return campaigns
        .campaign(campaign)
        .map(
            found ->
                facts.people(
                    campaign,
                    CampaignReport.members(
                        ledger(campaign),
                        terms(found, clock.instant()),
                        filter,
                        set,
                        after,
                        limit)))
        .orElse(List.of());
  }

  private Ledger ledger(int campaign) {
    return facts.loadLedger(campaign, settings.zone());
  }

  private CampaignTerms terms(Campaign campaign, Instant now) {
    CampaignDefinition definition = campaign.definition();
    Goal goal = definition.goal();
    Duration window = goal == null ? null : goal.within();
    Instant ended = campaign.endedAt();
    return new CampaignTerms(
        new Report.Heading(
            Integer.toString(campaign.id()),
            definition.name(),
            definition.channel().key(),
            campaign.status().key()),
        definition.channel(),
        false,
        window,
        goal != null && goal.revenueProperty() != null,
        settings.currency(),
        definition.controlGroup().percent() / 100.0,
        window != null && ended != null && ended.plus(window).isBefore(now),
        errors(definition.what()));
  }

  private Function<String, CampaignTerms.Explanation> errors(@Nullable What what) {
    return code ->
        Optional.ofNullable(what)
            .flatMap(content -> connections.connection(content.connection()))
            .map(connected -> explanation(connected.provider().explain(code)))
            .orElse(new CampaignTerms.Explanation(ErrorClass.AMBIGUOUS, code, ""));
  }

  private static CampaignTerms.Explanation explanation(ErrorMeaning meaning) {
    return new CampaignTerms.Explanation(meaning.errorClass(), meaning.words(), meaning.action());
  }
}
