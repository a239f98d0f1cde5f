package dev.carillon.server.pages.frame;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.ReportSet;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.port.people.MessagePerson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where pages have every number from: the reports. Nothing is counted here. Thread-safe. */
public interface Numbers {

  /** The report of a campaign; empty when there is no such campaign. */
  Optional<Report> report(int campaign, ReportFilter filter);

  /**
   * The numbers of campaigns that are at hand, by campaign; others are left out, for {@link
   * #report} to make them.
   */
  Map<Integer, Tally> known(List<Campaign> campaigns);

  /**
   * The people behind a number of the report, by message number.
   *
   * @param after only messages with a greater number; -1 from the start
   * @param limit at most so many, 1 or more
   */
  List<MessagePerson> people(
      int campaign, ReportFilter filter, ReportSet set, int after, int limit);
}
