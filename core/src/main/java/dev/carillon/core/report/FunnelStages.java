package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DaySets;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.report.figure.Funnels;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.measure.Card.Rate;
import dev.carillon.core.report.measure.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The stages of both funnels as sets. A stage counts when it was reached within the conversion
 * window, by days, since marks hold no times; that the goal event came at or after the view or
 * click is known exactly. A user passes a stage by any selected message, on whichever device.
 *
 * @param users the messages at each stage of the users conversion funnel
 * @param influenced the same of the influenced conversion funnel
 */
record FunnelStages(Map<Stage, RoaringBitmap> users, Map<Stage, RoaringBitmap> influenced) {

  /**
   * The stages.
   *
   * @param window the conversion window; null without a goal, which leaves out the last stage
   * @param without the stages taken out
   */
  static FunnelStages of(
      Selection selection, ChannelSheet sheet, @Nullable Duration window, Set<Stage> without) {
    return new FunnelStages(
        stages(selection, kept(sheet.usersFunnel(), window, without), window),
        stages(selection, kept(sheet.influencedFunnel(), window, without), window));
  }

  private static List<Stage> kept(
      List<Stage> stages, @Nullable Duration window, Set<Stage> without) {
    return stages.stream()
        .filter(stage -> !stage.removable() || !without.contains(stage))
        .filter(stage -> stage != Stage.CONVERTED || window != null)
        .toList();
  }

  private static Map<Stage, RoaringBitmap> stages(
      Selection selection, List<Stage> stages, @Nullable Duration window) {
    DerivedSets sets = selection.sets();
    if (!sets.recipients().isEmpty()) {
      return ofUsers(selection, stages, window);
    }
    Map<Stage, RoaringBitmap> reached = new LinkedHashMap<>();
    for (int i = 0; i < stages.size(); i++) {
      reached.put(stages.get(i), reached(sets, stages.subList(0, i + 1), window));
    }
    return reached;
  }

  /** The messages that passed all of these stages, found once between changes of the ledger. */
  private static RoaringBitmap reached(
      DerivedSets sets, List<Stage> stages, @Nullable Duration window) {
    if (stages.size() == 1) {
      return sets.sent().all();
    }
    return sets.derived(
        new Passed(List.copyOf(stages), window),
        () ->
            RoaringBitmap.and(
                reached(sets, stages.subList(0, stages.size() - 1), window),
                stage(sets, stages, window)));
  }

  /** Where users have several messages: those at each stage whose users passed the ones before. */
  private static Map<Stage, RoaringBitmap> ofUsers(
      Selection selection, List<Stage> stages, @Nullable Duration window) {
    DerivedSets sets = selection.sets();
    Map<Stage, RoaringBitmap> reached = new LinkedHashMap<>();
    @Nullable BitSet users = null;
    for (int i = 0; i < stages.size(); i++) {
      RoaringBitmap messages = selection.of(stage(sets, stages.subList(0, i + 1), window));
      RoaringBitmap theirs =
          users == null ? messages : sets.recipients().messagesOf(users, messages);
      users = sets.recipients().of(theirs);
      reached.put(stages.get(i), theirs);
    }
    return reached;
  }

  private static RoaringBitmap stage(
      DerivedSets sets, List<Stage> stages, @Nullable Duration window) {
    return switch (stages.getLast()) {
      case SENT -> sets.sent().all();
      case DELIVERED -> within(sets, sets.delivered(), window);
      case VIEWED -> within(sets, sets.viewed(), window);
      case CLICKED -> within(sets, sets.clicked(), window);
      case CONVERTED -> converted(sets, stages);
    };
  }

  private static RoaringBitmap within(DerivedSets sets, DaySets stage, @Nullable Duration window) {
    return window == null ? stage.all() : sets.withinWindow(stage, window);
  }

  /** Conversions not before the last stage that has a clock of its own. */
  private static RoaringBitmap converted(DerivedSets sets, List<Stage> stages) {
    if (stages.contains(Stage.CLICKED)) {
      return sets.clickConverted();
    }
    return stages.contains(Stage.VIEWED) ? sets.viewConverted() : sets.converted().all();
  }

  Funnels funnels(Selection selection) {
    return new Funnels(steps(users, selection), steps(influenced, selection));
  }

  private static List<Funnels.Step> steps(Map<Stage, RoaringBitmap> stages, Selection selection) {
    List<Funnels.Step> steps = new ArrayList<>();
    stages.forEach(
        (stage, messages) -> {
          long count = selection.users(messages);
          long first = steps.isEmpty() ? count : steps.getFirst().users();
          long previous = steps.isEmpty() ? count : steps.getLast().users();
          steps.add(
              new Funnels.Step(
                  stage.key(), count, Rate.percent(count, first), Rate.percent(count, previous)));
        });
    return steps;
  }

  /** The name of a derived set: the stages passed. */
  private record Passed(List<Stage> stages, @Nullable Duration window) {}
}
