package dev.carillon.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.Fact;
import dev.carillon.core.message.FactKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots of ledgers hold these numbers: another function would count known events again. */
class EventNumbersTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private static long numberOf(@Nullable String event) {
    return EventNumbers.of(new Fact(1, 0, FactKind.CLICKED, "0", event, AT, AT, null, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "'', -780787492076525413",
    "'a', 198367012849983736",
    "'wamid.HBgM', 5092818020066613119",
    "'c1:42', -7750089926370774184"
  })
  void anEventKeepsItsNumber(String event, long number) {
    assertThat(numberOf(event)).isEqualTo(number);
  }

  @Test
  void factsWithoutAnIdAreOneEvent() {
    assertThat(numberOf(null)).isZero();
  }
}
