package dev.carillon.engine.port.audience;

import dev.carillon.engine.port.Settling;
import java.util.List;

/** Who is held out, to be exported page by page. */
public interface ControlGroupStore extends Settling {

  /**
   * The control users of a campaign's planned runs, by message number.
   *
   * @param after only messages with a greater number; -1 from the start
   * @param limit at most so many, 1 or more
   */
  List<ControlUser> heldOut(int campaign, int after, int limit);

  /**
   * The users of the system control group of a size, by user key.
   *
   * @param percent 0 to 100
   * @param after only users with a greater key; -1 from the start
   * @param limit at most so many, 1 or more
   */
  List<SystemControlUser> systemControlGroup(int percent, long after, int limit);
}
