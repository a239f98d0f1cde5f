package dev.carillon.server.access.login;

import dev.carillon.server.settings.SettingsProof;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {

  @Test
  void defaults() {
    SettingsProof.hasDefaults(new SessionSettings(Duration.ofHours(12), Duration.ofHours(24)));
  }

  @Test
  void everyPropertyArrivesInItsField() {
    SettingsProof.isFullyMapped(
        Map.of("carillon.session.idle", "8h", "carillon.session.limit", "2d"),
        new SessionSettings(Duration.ofHours(8), Duration.ofDays(2)));
  }
}
