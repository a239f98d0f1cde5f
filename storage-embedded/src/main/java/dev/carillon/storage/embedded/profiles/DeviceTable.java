package dev.carillon.storage.embedded.profiles;

import dev.carillon.core.user.Device;
import dev.carillon.core.user.DeviceChange;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.duckdb.Micros;
import dev.carillon.storage.embedded.duckdb.Staging;
import dev.carillon.storage.embedded.duckdb.TextHash;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Writes the rows of {@code endpoint} that are devices, one a device. */
public final class DeviceTable {
  private DeviceTable() {}

  /**
   * A device's state.
   *
   * @param user key under which the user's records are kept
   */
  private record State(
      long user, Instant registeredAt, @Nullable String address, @Nullable Device device) {

    /** Of two states of one moment the same one holds, whatever came first. */
    private static final Comparator<State> ORDER =
        Comparator.comparing(State::registeredAt)
            .thenComparing(state -> state.address == null ? "" : state.address)
            .thenComparingLong(State::user);
  }

  /**
   * Writes what devices are now, as far as nothing later is known of them.
   *
   * @param ends for each change the key under which its user's records are kept
   */
  public static void write(DuckSession session, List<DeviceChange> changes, List<Long> ends)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, State> latest = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      DeviceChange change = changes.get(i);
      Device device = change.device();
      State state = new State(ends.get(i), device.registeredAt(), change.address(), device);
      latest.merge(device.id(), state, DeviceTable::later);
    }
    Staging.keys(session, latest.keySet().stream().map(TextHash::of).toList());
    session.each(
        """
        SELECT device, user_key, registered_at, address FROM endpoint
        WHERE device_hash IN (SELECT k FROM stage_key)""",
        row -> {
          State known =
              new State(
                  row.getLong("user_key"),
                  DuckSession.instant(row, "registered_at"),
                  row.getString("address"),
                  null);
          latest.computeIfPresent(row.getString("device"), (id, state) -> later(state, known));
        });
    latest.values().removeIf(state -> state.device() == null);
    if (!latest.isEmpty()) {
      replace(session, latest);
    }
  }

  private static State later(State one, State other) {
    return State.ORDER.compare(one, other) >= 0 ? one : other;
  }

  private static void replace(DuckSession session, Map<String, State> states) throws SQLException {
    Staging.keys(session, states.keySet().stream().map(TextHash::of).toList());
    session.execute("DELETE FROM endpoint WHERE device_hash IN (SELECT k FROM stage_key)");
    try (DuckDBAppender appender = session.appender("endpoint")) {
      for (State state : states.values()) {
        if (state.device() != null) {
          append(appender, state, state.device());
        }
      }
      appender.flush();
    }
  }

  private static void append(DuckDBAppender appender, State state, Device device)
      throws SQLException {
    long registered = Micros.of(device.registeredAt());
    appender
        .beginRow()
        .append(state.user())
        .append((byte) EndpointKind.DEVICE.code())
        .append(state.address());
    if (state.address() == null) {
      appender.appendEpochMicros(registered);
    } else {
      appender.appendNull();
    }
    appender
        .append(device.id())
        .append(TextHash.of(device.id()))
        .append(device.platform())
        .append(device.os())
        .append(device.model())
        .append(device.allowed())
        .appendEpochMicros(registered)
        .endRow();
  }
}
