package dev.carillon.engine.reporting;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.campaign.Run;
import dev.carillon.engine.port.audience.ControlGroupStore;
import dev.carillon.engine.port.audience.ControlUser;
import dev.carillon.engine.port.audience.SystemControlUser;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes who is held out, as CSV, page by page as it is read. For one file and one thread. */
public final class ControlGroupCsv {
  private static final int PAGE = 50_000;

  private final ControlGroupStore store;
  private long people;

  public ControlGroupCsv(ControlGroupStore store) {
    this.store = store;
  }

  /** How many people were written so far; one line each. */
  public long people() {
    return people;
  }

  /**
   * The control users of a campaign: identity, run, and group (system for members of the system
   * control group, else campaign).
   *
   * @param runs the campaign's runs
   */
  public void campaign(int campaign, List<Run> runs, Appendable out) throws IOException {
    Map<Integer, Integer> systemPercent =
        runs.stream().collect(Collectors.toMap(Run::number, Run::systemControlPercent));
    out.append(CsvLine.of("identity", "run", "group"));
    int after = -1;
    List<ControlUser> page;
    do {
      page = store.heldOut(campaign, after, PAGE);
      for (ControlUser one : page) {
        int buckets = systemPercent.getOrDefault(one.run(), 0) * Draw.BUCKETS / 100;
        boolean system = Draw.OF_SYSTEM_CONTROL_GROUP.bucket(one.userKey()) < buckets;
        out.append(
            CsvLine.of(
                CsvLine.disarmed(one.identity().value()),
                Integer.toString(one.run()),
                system ? "system" : "campaign"));
        people++;
        after = one.seq();
      }
    } while (page.size() == PAGE);
  }

  /** The users of the system control group of a size: identity. */
  public void system(int percent, Appendable out) throws IOException {
    out.append(CsvLine.of("identity"));
    long after = -1;
    List<SystemControlUser> page;
    do {
      page = percent == 0 ? List.of() : store.systemControlGroup(percent, after, PAGE);
      for (SystemControlUser one : page) {
        out.append(CsvLine.of(CsvLine.disarmed(one.identity().value())));
        people++;
        after = one.userKey();
      }
    } while (page.size() == PAGE);
  }
}
