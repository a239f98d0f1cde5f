package dev.carillon.server.settings;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSettingsTest {

  @Test
  void defaults() {
    SettingsProof.hasDefaults(new RequestSettings(0, Duration.ofSeconds(30)));
  }

  @Test
  void everyPropertyArrivesInItsField() {
    SettingsProof.isFullyMapped(
        Map.of("carillon.bodies-in-memory-mb", "64", "carillon.request-patience", "45"),
        new RequestSettings(64, Duration.ofSeconds(45)));
  }
}
