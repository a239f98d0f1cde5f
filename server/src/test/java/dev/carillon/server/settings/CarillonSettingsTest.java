package dev.carillon.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CarillonSettingsTest {

  @Test
  void defaults() {
    SettingsProof.hasDefaults(
        new CarillonSettings(
            Path.of("data"),
            null,
            ZoneId.of("UTC"),
            "USD",
            null,
            null,
            null,
            200_000,
            0,
            200,
            false,
            512));
  }

  @Test
  void everyPropertyArrivesInItsField() {
    SettingsProof.isFullyMapped(
        Map.ofEntries(
            Map.entry("carillon.data", "/var/lib/carillon"),
            Map.entry("carillon.api-key", "a-key-of-some-length-0123"),
            Map.entry("carillon.zone", "Asia/Kolkata"),
            Map.entry("carillon.currency", "INR"),
            Map.entry("carillon.public-url", "https://carillon.example.com"),
            Map.entry("carillon.admin-password", "correct-horse-battery"),
            Map.entry("carillon.secret-key", "c2VjcmV0"),
            Map.entry("carillon.intake-capacity", "100000"),
            Map.entry("carillon.memory-limit-mb", "2048"),
            Map.entry("carillon.ledgers-in-memory", "50"),
            Map.entry("carillon.secure-cookies", "true"),
            Map.entry("carillon.upload-limit-mb", "100")),
        new CarillonSettings(
            Path.of("/var/lib/carillon"),
            "a-key-of-some-length-0123",
            ZoneId.of("Asia/Kolkata"),
            "INR",
            URI.create("https://carillon.example.com"),
            "correct-horse-battery",
            "c2VjcmV0",
            100_000,
            2_048,
            50,
            true,
            100));
  }
}
