package dev.carillon.server.pages.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Numbers and times as readers see them. */
class DisplayFormatTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:03:07Z");
  private final DisplayFormat format =
      new DisplayFormat(Locale.ENGLISH, ZoneId.of("Asia/Kolkata"), NOW);

  @Test
  void ratesHaveTwoDecimalsAndNothingIsADash() {
    assertThat(format.percent(94.2049)).isEqualTo("94.20\u202f%");
    assertThat(format.percent(null)).isEqualTo("-");
    assertThat(format.number((Long) null)).isEqualTo("-");
  }

  @Test
  void signsAreShownAndZeroHasNone() {
    assertThat(format.points(1.8)).isEqualTo("+1.80\u202fpp");
    assertThat(format.points(-0.5)).isEqualTo("\u22120.50\u202fpp");
    assertThat(format.points(-0.001)).isEqualTo("0.00\u202fpp");
  }

  @Test
  void moneyHasItsCurrencysDecimals() {
    assertThat(format.money(new BigDecimal("1234.5"), "EUR")).isEqualTo("1,234.50\u202fEUR");
    assertThat(format.money(new BigDecimal("1234.5"), "JPY")).isEqualTo("1,234\u202fJPY");
  }

  @Test
  void numbersFollowTheReadersLocale() {
    DisplayFormat german = new DisplayFormat(Locale.GERMANY, ZoneId.of("Europe/Berlin"), NOW);
    assertThat(german.number(1_234_567)).isEqualTo("1.234.567");
    assertThat(german.percent(0.5)).isEqualTo("0,50\u202f%");
  }

  @Test
  void timesNameTheirZone() {
    assertThat(format.moment(NOW)).endsWith("IST");
    assertThat(format.ago(NOW.minusSeconds(2))).isEqualTo("2 seconds ago");
  }
}
