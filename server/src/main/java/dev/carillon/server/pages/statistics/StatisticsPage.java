package dev.carillon.server.pages.statistics;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.message.ErrorClass;
import dev.carillon.core.report.figure.Conversion;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Revenue;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;
import dev.carillon.core.statistics.IntervalMethod;
import dev.carillon.engine.dispatch.SendProgress;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.VariantText;
import dev.carillon.server.pages.wording.WaitingConnection;
import dev.carillon.server.pages.wording.WinnerText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics page of a campaign shows, from top to bottom.
 *
 * @param campaign the campaign
 * @param words the campaign in plain words
 * @param runs its runs
 * @param test what became of its tests of variants
 * @param progress how far sending has come; null when it is not being sent
 * @param waiting the connections that it does not send through until it is resumed
 * @param query what the address asks for
 * @param report every number
 * @param sheet what the channel shows
 * @param cards the cards
 * @param waterfall the bars from planned to converted
 * @param trend the message trend
 * @param usersFunnel the users conversion funnel; null on channels without
 * @param influencedFunnel the influenced conversion funnel; null on channels without
 */
public record StatisticsPage(
    Campaign campaign,
    CampaignText words,
    List<Run> runs,
    WinnerText test,
    @Nullable SendProgress progress,
    List<WaitingConnection> waiting,
    StatisticsQuery query,
    Report report,
    ChannelSheet sheet,
    List<CardView> cards,
    List<WaterfallRow> waterfall,
    TrendView trend,
    @Nullable FunnelView usersFunnel,
    @Nullable FunnelView influencedFunnel) {

  private static final int SHOWN_RUNS = 31;

  /** The latest runs, last first. */
  public List<Run> latestRuns() {
    return runs.reversed().stream().limit(SHOWN_RUNS).toList();
  }

  /** The runs that the numbers can be narrowed to. */
  public List<Run> sentRuns() {
    return runs.stream().filter(run -> run.skipped() == null).toList();
  }

  /** How many runs were left out. */
  public int skippedRuns() {
    return runs.size() - sentRuns().size();
  }

  static StatisticsPage of(
      Campaign campaign,
      CampaignText words,
      List<Run> runs,
      List<VariantDecision> decisions,
      @Nullable SendProgress progress,
      List<WaitingConnection> waiting,
      StatisticsQuery query,
      Report report,
      DisplayFormat format) {
    ChannelSheet sheet =
        campaign.definition().channel().sheet(report.counts().of(Measure.CLICKED) != null);
    boolean goal = campaign.definition().goal() != null;
    return new StatisticsPage(
        campaign,
        words,
        runs,
        WinnerText.of(campaign, runs, decisions, query.filter().run(), format),
        progress,
        waiting,
        query,
        report,
        sheet,
        CardView.of(report, sheet, format),
        WaterfallRow.of(report, format),
        TrendView.of(report.trend(), sheet, query.grain(), format),
        goal && !sheet.usersFunnel().isEmpty() ? FunnelView.users(report.funnels(), format) : null,
        goal && !sheet.influencedFunnel().isEmpty()
            ? FunnelView.influenced(report.funnels(), format)
            : null);
  }

  /** The address of the page itself, without query. */
  public String address() {
    return "/campaigns/" + campaign.id();
  }

  /** The address of the people behind a set, under the same filter. */
  public String people(String set) {
    return address() + "/people" + query.text(Map.of("set", set));
  }

  /** The stages of the funnels that a reader may take out. */
  public List<Stage> removable() {
    return sheet.usersFunnel().stream().filter(Stage::removable).toList();
  }

  /** Whether the numbers may still change often, so that the page should follow them. */
  public boolean live() {
    return switch (campaign.status()) {
      case RUNNING, PAUSED, AWAITING_NEXT_RUN, COMPLETED, STOPPED -> true;
      case DRAFT, SCHEDULED -> false;
    };
  }

  /** The chart data of both groups' rates; null without a goal. */
  public @Nullable String ratesChart() {
    Conversion conversion = report.conversion();
    return conversion == null ? null : ChartData.rates(conversion.overTime());
  }

  /** The chart data of the difference; null without a goal. */
  public @Nullable String differenceChart() {
    Conversion conversion = report.conversion();
    return conversion == null ? null : ChartData.difference(conversion.overTime());
  }

  /** The incremental revenue on a line; null when there is none to draw. */
  public @Nullable IntervalView revenueInterval() {
    Revenue revenue = report.revenue();
    return revenue == null
        ? null
        : IntervalView.of(revenue.incremental(), revenue.low(), revenue.high());
  }

  /** The address of the report as CSV, under the same filter. */
  public String csv() {
    return "/api/v1" + address() + "/report.csv" + query.text();
  }

  /** How quickly it is being sent and when it ends, in words. */
  public String rate(DisplayFormat format) {
    if (progress == null) {
      return "";
    }
    String rate = format.number(Math.round(progress.perSecond())) + " a second";
    return progress.expectedEnd() == null
        ? rate
        : rate + " \u00b7 done at about " + format.time(progress.expectedEnd());
  }

  /** How complete the callbacks are, in words. */
  public String callbacks(DisplayFormat format) {
    Report.Freshness freshness = report.freshness();
    String last =
        freshness.lastCallbackAt() == null
            ? "no callback yet"
            : "last callback " + format.ago(freshness.lastCallbackAt());
    return freshness.outstandingPercent() == null
        ? last + "."
        : last
            + "; "
            + format.percent(freshness.outstandingPercent())
            + " of receipts outstanding.";
  }

  /** What the marketer calls a variant. */
  public String variantName(String number) {
    return campaign.definition().what() instanceof Variants variants
            && number.matches("[0-9]")
            && Integer.parseInt(number) < variants.variants().size()
        ? variants.variants().get(Integer.parseInt(number)).name()
        : VariantText.name(number);
  }

  /** A confidence between 0 and 1 as a percentage. */
  public static String confidence(double confidence) {
    return Math.round(confidence * 100) + " %";
  }

  /** What the method of an interval promises. */
  public static String method(String key) {
    return Arrays.stream(IntervalMethod.values())
        .filter(known -> known.key().equals(key))
        .map(
            known ->
                known.title()
                    + (known.anytimeValid()
                        ? ": it may be looked at as often as you like."
                        : ": the window is closed, so the numbers are final."))
        .findFirst()
        .orElse(key);
  }

  /** A verdict's key in words. */
  public static String verdict(String key) {
    return switch (key) {
      case "no-control" -> "No control group";
      case "sample-ratio-mismatch" -> "Groups do not match the plan";
      case "not-enough-data" -> "Not enough data yet";
      case "better" -> "Better than control";
      case "worse" -> "Worse than control";
      case "no-difference-shown" -> "No difference shown";
      default -> key;
    };
  }

  /** The same in a few letters, for tables. */
  public static String shortVerdict(String key) {
    return switch (key) {
      case "no-control" -> "no control group";
      case "sample-ratio-mismatch" -> "groups do not match";
      case "not-enough-data" -> "not enough data";
      case "better" -> "better";
      case "worse" -> "worse";
      case "no-difference-shown" -> "no difference shown";
      default -> key;
    };
  }

  /** A key of {@link ErrorClass} in words. */
  public static String errorClass(String key) {
    return Arrays.stream(ErrorClass.values())
        .filter(known -> known.key().equals(key))
        .map(ErrorClass::words)
        .findFirst()
        .orElse(key);
  }
}
