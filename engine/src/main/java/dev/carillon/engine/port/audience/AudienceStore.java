package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.port.Settling;
import java.util.List;

/**
 * Selects users by rules, in the store, set by set. Rules come without references to saved
 * segments; a list that does not exist has no members.
 */
public interface AudienceStore extends Settling {

  /** Counts the users that a rule matches, and those of them with a usable address by channel. */
  Reach estimate(Rule rule, Evaluation evaluation);

  /**
   * Some of the users that a rule matches, in the order of their keys.
   *
   * @param after only users with a greater key; -1 for the first ones
   * @param limit the most
   */
  List<AudienceMember> members(Rule rule, Evaluation evaluation, long after, int limit);
}
