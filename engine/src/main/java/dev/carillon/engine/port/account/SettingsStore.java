package dev.carillon.engine.port.account;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.port.StaleVersionException;
import java.util.Optional;

/** The account's settings. */
public interface SettingsStore {

  /** The settings; empty when none were kept yet. */
  Optional<KeptSettings> accountSettings();

  /** Keeps the first settings, at version 1, unless there are some already. */
  KeptSettings firstAccountSettings(AccountSettings settings);

  /**
   * Replaces the settings.
   *
   * @throws StaleVersionException when they are not at that version any more
   */
  KeptSettings changeAccountSettings(int version, AccountSettings settings);
}
