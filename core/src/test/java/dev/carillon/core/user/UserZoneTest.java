package dev.carillon.core.user;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserZoneTest {
  @ParameterizedTest
  @CsvSource({
    "Asia/Kolkata, Asia/Kolkata",
    "asia/kolkata, Asia/Kolkata",
    "' America/New_York ', America/New_York",
    "UTC, UTC",
    "z, Z",
    "+05:30, +05:30",
    "+0530, +05:30",
    "-8, -08:00",
    "GMT+5:30, +05:30",
    "utc-03, -03:00"
  })
  void readsNamesAndOffsets(String text, String zone) {
    assertThat(UserZone.parse(text).orElseThrow().getId()).isEqualTo(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Pune", "5", "+19", "+05:75", "+05:30:00", "null", "++5"})
  void otherTextsNameNone(String text) {
    assertThat(UserZone.parse(text)).isEmpty();
  }
}
