package dev.carillon.engine.port.campaign;

import dev.carillon.core.campaign.VariantDecision;
import java.util.List;

/** Which variant the rest of a run gets, once its test has decided. */
public interface VariantDecisionStore {

  /**
   * Notes which variant the rest of a run gets, unless that is decided already.
   *
   * @return the decision that stands
   */
  VariantDecision decideVariant(VariantDecision decision);

  /** What the campaign's tests of variants decided, by run. */
  List<VariantDecision> variantDecisions(int campaign);
}
