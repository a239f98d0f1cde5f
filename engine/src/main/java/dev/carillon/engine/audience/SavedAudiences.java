package dev.carillon.engine.audience;

import dev.carillon.core.audience.Rule;
import java.util.List;

/** What is saved under names, for those who evaluate rules that refer to it. Thread-safe. */
public interface SavedAudiences {
  /** Where nothing is saved. */
  SavedAudiences NONE =
      new SavedAudiences() {
        @Override
        public Rule resolved(Rule rule) {
          return new ResolvedRules(id -> null).of(rule);
        }

        @Override
        public List<SavedRules.Place> unknown(Rule rule) {
          return SavedRules.places(rule);
        }
      };

  /**
   * The rule with the rules of segments in their place, as they are now.
   *
   * @throws AudienceException when one is missing
   */
  Rule resolved(Rule rule);

  /** Where the rule refers to segments and lists that do not exist. */
  List<SavedRules.Place> unknown(Rule rule);
}
