package dev.carillon.server.pages.statistics;

import dev.carillon.core.report.figure.Funnels;
import dev.carillon.core.report.measure.Stage;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.List;
import java.util.Locale;

/**
 * A funnel as a page shows it.
 *
 * @param title its name
 * @param meaning what it shows, in a sentence
 * @param stages from the first to the last
 */
public record FunnelView(String title, String meaning, List<Step> stages) {

  /**
   * One stage.
   *
   * @param set name of the set behind it
   * @param width how long its bar is, 0 to 1,000
   */
  public record Step(
      String key,
      String title,
      String set,
      String users,
      String ofFirst,
      String ofPrevious,
      String width) {}

  static FunnelView users(Funnels funnels, DisplayFormat format) {
    return new FunnelView(
        "Users conversion funnel",
        "Each stage keeps the people of the stage before who also reached this one, within the"
            + " conversion window.",
        steps(funnels.users(), "funnel:", format));
  }

  static FunnelView influenced(Funnels funnels, DisplayFormat format) {
    return new FunnelView(
        "Influenced conversion funnel",
        "People who converted within the window, whether or not they clicked.",
        steps(funnels.influenced(), "influenced:", format));
  }

  private static List<Step> steps(List<Funnels.Step> steps, String prefix, DisplayFormat format) {
    return steps.stream().map(step -> step(step, prefix, format)).toList();
  }

  private static Step step(Funnels.Step step, String prefix, DisplayFormat format) {
    double share = step.percentOfFirst() == null ? 0 : step.percentOfFirst();
    double width = step.users() == 0 ? 0 : Math.clamp(share * 10, 3, 1_000);
    return new Step(
        step.stage(),
        Stage.ofKey(step.stage()).map(Stage::title).orElse(step.stage()),
        prefix + step.stage(),
        format.number(step.users()),
        format.percent(step.percentOfFirst()),
        format.percent(step.percentOfPrevious()),
        String.format(Locale.ROOT, "%.1f", width));
  }
}
