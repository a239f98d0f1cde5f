package dev.carillon.channels.support.settings;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.engine.provider.Provider.Problem;
import java.util.List;

/** The settings and secrets that connections of one type have, in the order of a form. */
public final class SettingsForm {
  private final List<Setting<?>> settings;

  public SettingsForm(Setting<?>... settings) {
    this.settings = List.of(settings);
  }

  public List<Field> fields() {
    return settings.stream().<Field>map(Setting::field).toList();
  }

  /** What is wrong with a connection; empty when nothing is. */
  public List<Problem> check(Connection connection) {
    return settings.stream()
        .flatMap(
            setting ->
                setting.problem(connection).stream()
                    .map(words -> new Problem(setting.field().name(), words)))
        .toList();
  }

  /**
   * Lets only connections pass with which nothing is wrong.
   *
   * @throws IllegalArgumentException when {@link #check} finds a problem
   */
  public void require(Connection connection) {
    List<Problem> problems = check(connection);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "connection " + connection.id() + ": " + problems.getFirst().words());
    }
  }
}
