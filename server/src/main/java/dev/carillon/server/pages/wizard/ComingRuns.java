package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Schedule;
import dev.carillon.core.campaign.Schedule.Due;
import dev.carillon.core.campaign.When;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.wizard.WizardPages.Coming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which runs a plan means, from the same schedule by which it is sent. */
final class ComingRuns {
  private static final int SHOWN = 5;

  private ComingRuns() {}

  static Coming of(CampaignDefinition definition, DisplayFormat format) {
    When when = definition.when();
    if (when == null) {
      return Coming.said("Nothing is decided yet.");
    }
    if (when instanceof When.Now) {
      return Coming.said("At once, when it is launched.");
    }
    Schedule schedule = new Schedule(when, format.zone());
    List<Instant> runs = new ArrayList<>();
    Optional<Due> next = schedule.after(format.now().minusNanos(1));
    while (next.isPresent() && runs.size() < Math.min(SHOWN, schedule.most())) {
      runs.add(next.get().at());
      next = schedule.after(next.get().at());
    }
    boolean more = next.isPresent() && runs.size() < schedule.most();
    return runs.isEmpty()
        ? Coming.said("No run is ahead: choose a later time.")
        : new Coming(runs, more, definition.delivery().clock() == Delivery.Clock.USER, null);
  }
}
