package dev.carillon.server.pages.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Limits;
import dev.carillon.server.pages.wizard.WizardPages.Bounds;
import dev.carillon.server.pages.wizard.WizardPages.ReachPart;
import org.junit.jupiter.api.Test;

/** What the wizard says of how many get a message agrees with the campaign's limits. */
class ReachPartTest {

  @Test
  void theLowestCapBoundsHowManyGetIt() {
    Bounds bounds = Bounds.of(new Limits(true, null, new Limits.Target(900, 500, null), null));
    assertThat(new ReachPart(2_000L, 1_800, 180, bounds, null))
        .returns(500L, ReachPart::target)
        .returns(true, ReachPart::capped)
        .returns(false, ReachPart::tooMany);
    assertThat(new ReachPart(400L, 300, 30, bounds, null))
        .returns(270L, ReachPart::target)
        .returns(false, ReachPart::capped);
  }

  @Test
  void theSafetyCheckLooksAtAllWhoFit() {
    Bounds bounds = new LimitsForm(true, "", "days", "", "x", "", "100").bounds();
    assertThat(new ReachPart(101L, 90, 9, bounds, null).tooMany()).isTrue();
    assertThat(new ReachPart(100L, 90, 9, bounds, null))
        .returns(false, ReachPart::tooMany)
        .returns(81L, ReachPart::target);
  }
}
