package dev.carillon.core.report.figure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far users came.
 *
 * @param users each stage keeps the users of the stage before who reached this one too
 * @param influenced users who converted without needing a click
 */
public record Funnels(List<Step> users, List<Step> influenced) {
  public Funnels {
    users = List.copyOf(users);
    influenced = List.copyOf(influenced);
  }

  /**
   * One stage.
   *
   * @param stage the stage's key
   * @param users the users who reached it
   * @param percentOfFirst of the users of the first stage; null when those are none
   * @param percentOfPrevious of the users of the stage before; null when those are none
   */
  public record Step(
      String stage,
      long users,
      @Nullable Double percentOfFirst,
      @Nullable Double percentOfPrevious) {}
}
