package dev.carillon.engine.account;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.definition.SettingsWriter;
import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditStore;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.engine.port.account.SettingsStore;
import java.time.InstantSource;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account's settings, remembered from the store, and the one place where they are changed and
 * the change is noted. The process is the only one that changes them. Thread-safe.
 */
public final class AccountService implements Account {
  private final SettingsStore store;
  private final AuditStore audit;
  private final InstantSource clock;
  private final Consumer<AccountSettings> changed;
  private volatile KeptSettings kept;

  /**
   * @param first what holds when nothing was kept yet
   * @param changed takes the settings whenever they changed
   */
  public AccountService(
      SettingsStore store,
      AuditStore audit,
      InstantSource clock,
      AccountSettings first,
      Consumer<AccountSettings> changed) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
    this.changed = changed;
    this.kept = store.firstAccountSettings(first);
  }

  @Override
  public AccountSettings settings() {
    return kept.settings();
  }

  /** The settings with their version. */
  public KeptSettings kept() {
    return kept;
  }

  /**
   * Replaces the settings; the audit log says what became of each that changed.
   *
   * @param version the one that the change was made from
   * @param who who changes them
   * @throws dev.carillon.engine.port.StaleVersionException when somebody else changed them first
   */
  public synchronized KeptSettings change(int version, AccountSettings settings, Actor who) {
    AccountSettings before = kept.settings();
    kept = store.changeAccountSettings(version, settings);
    changed.accept(settings);
    if (!before.equals(settings)) {
      audit.audit(clock.instant(), who, "settings.change", "account", changes(before, settings));
    }
    return kept;
  }

  private static String changes(AccountSettings before, AccountSettings after) {
    ObjectNode old = SettingsWriter.write(before);
    ObjectNode now = SettingsWriter.write(after);
    StringBuilder words = new StringBuilder();
    for (String name : now.propertyNames()) {
      if (!now.get(name).equals(old.get(name))) {
        words.append(words.isEmpty() ? "" : "; ").append(name).append(": ");
        words.append(old.get(name)).append(" to ").append(now.get(name));
      }
    }
    return words.toString();
  }
}
