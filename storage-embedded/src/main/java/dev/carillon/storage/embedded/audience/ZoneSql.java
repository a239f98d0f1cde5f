package dev.carillon.storage.embedded.audience;

import dev.carillon.core.user.UserZone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The zones that profiles name. The rules of zones are Java's alone: SQL takes texts out of
 * profiles and joins them with what the texts mean.
 */
public final class ZoneSql {
  private ZoneSql() {}

  /**
   * The text in which a profile names its zone, as SQL over its properties; null without one.
   *
   * @param properties the column
   */
  public static String text(String properties) {
    return UserZone.PROPERTIES.stream()
        .map(name -> "json_extract_string(" + properties + ", '$." + name + "')")
        .collect(Collectors.joining(", ", "coalesce(", ")"));
  }

  /** The texts of all profiles that name a zone, and the zones. */
  public static Map<String, ZoneId> zones(Connection connection) throws SQLException {
    Map<String, ZoneId> zones = new HashMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT DISTINCT " + text("properties") + " AS zone FROM profile");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        String text = row.getString(1);
        if (text != null) {
          UserZone.parse(text).ifPresent(zone -> zones.put(text, zone));
        }
      }
    }
    return zones;
  }
}
