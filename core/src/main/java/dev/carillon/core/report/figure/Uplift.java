package dev.carillon.core.report.figure;

import org.jspecify.annotations.Nullable;

/**
 * What other routes than the direct one added.
 *
 * @param amplification messages that a device pulled because it had missed the push
 * @param inbox messages that were seen in the app's inbox only
 */
public record Uplift(Route amplification, Route inbox) {

  /**
   * What one route added.
   *
   * @param viewed messages viewed by this route and no earlier one
   * @param clicked those of them that were clicked
   * @param percent {@code viewed} in percent of those viewed by the direct route; null when there
   *     are none
   */
  public record Route(long viewed, long clicked, @Nullable Double percent) {}
}
