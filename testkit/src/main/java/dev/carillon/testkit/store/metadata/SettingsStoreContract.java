package dev.carillon.testkit.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.engine.port.account.SettingsStore;
import dev.carillon.testkit.store.StoreKit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store must do with the account's settings. */
public interface SettingsStoreContract<S extends SettingsStore> extends StoreKit<S> {

  AccountSettings FIRST = AccountSettings.first(ZoneId.of("Asia/Kolkata"), "INR");
  AccountSettings OTHERS =
      new AccountSettings(
          ZoneId.of("Europe/Berlin"),
          DayOfWeek.SUNDAY,
          "EUR",
          new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 30), QuietHours.Then.DISCARD),
          List.of(
              new FrequencyCap(Channel.WHATSAPP, 3, Duration.ofDays(7)),
              new FrequencyCap(Channel.WHATSAPP, 1, Duration.ofHours(20)),
              new FrequencyCap(Channel.SMS, 2, Duration.ofMinutes(90))),
          new SystemControlGroup(3));

  @Test
  default void theFirstSettingsAreKeptOnce() {
    assertThat(store().accountSettings()).isEmpty();
    assertThat(store().firstAccountSettings(FIRST)).isEqualTo(new KeptSettings(1, FIRST));
    assertThat(another().firstAccountSettings(OTHERS)).isEqualTo(new KeptSettings(1, FIRST));
    assertThat(another().accountSettings()).contains(new KeptSettings(1, FIRST));
  }

  @Test
  default void settingsAreChangedFromTheVersionThatWasRead() {
    store().firstAccountSettings(FIRST);
    assertThat(store().changeAccountSettings(1, OTHERS)).isEqualTo(new KeptSettings(2, OTHERS));
    assertThat(another().accountSettings()).contains(new KeptSettings(2, OTHERS));
    assertThatThrownBy(() -> another().changeAccountSettings(1, FIRST))
        .isInstanceOf(StaleVersionException.class);
    assertThat(store().accountSettings()).contains(new KeptSettings(2, OTHERS));
  }

  @Test
  default void settingsThatWereNeverKeptCannotBeChanged() {
    assertThatThrownBy(() -> store().changeAccountSettings(1, FIRST))
        .isInstanceOf(StaleVersionException.class);
    assertThat(store().accountSettings()).isEmpty();
  }
}
