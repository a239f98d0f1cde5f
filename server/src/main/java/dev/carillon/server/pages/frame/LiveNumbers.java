package dev.carillon.server.pages.frame;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.people.MessagePerson;
import dev.carillon.engine.reporting.Reports;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers from the live reports. */
final class LiveNumbers implements Numbers {
  private final CampaignStore campaigns;
  private final Reports reports;

  LiveNumbers(CampaignStore campaigns, Reports reports) {
    this.campaigns = campaigns;
    this.reports = reports;
  }

  @Override
  public Optional<Report> report(int campaign, ReportFilter filter) {
    return reports.report(campaign, filter);
  }

  @Override
  public Map<Integer, Tally> known(List<Campaign> found) {
    return reports.known(found);
  }

  @Override
  public List<MessagePerson> people(
      int campaign, ReportFilter filter, ReportSet set, int after, int limit) {
    return campaigns
        .campaign(campaign)
        .map(found -> reports.people(found, set, filter, after, limit))
        .orElse(List.of());
  }
}
