package dev.carillon.testkit.store.metadata;

import static dev.carillon.testkit.store.Definitions.NOW;
import static dev.carillon.testkit.store.Definitions.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.work.ThrottleStore;
import dev.carillon.engine.port.work.Turns;
import dev.carillon.testkit.store.Race;
import dev.carillon.testkit.store.StoreKit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store must do with bounds on the speed of campaigns. */
public interface ThrottleContract<S extends CampaignStore & ThrottleStore> extends StoreKit<S> {

  Duration WINDOW = Duration.ofMinutes(5);

  @Test
  default void turnsComeBackWhenTheirTimeIsOver() {
    int id = newCampaign();
    assertThat(take(store(), id, 6, NOW)).isEqualTo(new Turns(6, NOW.plus(WINDOW)));
    Instant later = NOW.plusSeconds(60);
    assertThat(take(another(), id, 6, later)).isEqualTo(new Turns(4, NOW.plus(WINDOW)));
    assertThat(take(store(), id, 1, NOW.plus(WINDOW).minusMillis(1)).given()).isZero();

    assertThat(take(store(), id, 9, NOW.plus(WINDOW))).isEqualTo(new Turns(6, later.plus(WINDOW)));
    assertThat(take(store(), newCampaign(), 9, NOW).given()).isEqualTo(9);
  }

  @Test
  default void turnsHoldThoughTheClockIsSetBack() {
    int id = newCampaign();
    take(store(), id, 8, NOW);
    Instant before = NOW.minus(Duration.ofDays(1));

    assertThat(take(store(), id, 8, before)).isEqualTo(new Turns(2, before.plus(WINDOW)));
    assertThat(take(store(), id, 8, before.plus(WINDOW)).given()).isEqualTo(8);
  }

  @Test
  default void noMoreTurnsAreGivenThanThereAre() {
    int id = newCampaign();
    S second = another();
    int given =
        Race.of(6, racer -> take(racer % 2 == 0 ? store() : second, id, 3, NOW).given()).stream()
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(given).isEqualTo(10);
  }

  private Turns take(S store, int campaign, int wanted, Instant now) {
    return store.takeTurns(campaign, wanted, 10, WINDOW, now);
  }

  private int newCampaign() {
    return store().createCampaign(draft("Runs"), "meera", NOW).id();
  }
}
