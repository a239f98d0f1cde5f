package dev.carillon.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.campaign.Variants.Variant;
import dev.carillon.core.channel.WhatsAppTemplate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private static Variant variant(String name, int share) {
    return variant(name, share, 1);
  }

  private static Variant variant(String name, int share, int connection) {
    return new Variant(
        name, share, new WhatsAppTemplate(connection, name, "en", null, List.of(), List.of()));
  }

  @Test
  void sharesDivideTheBuckets() {
    assertThat(new Variants(List.of(variant("A", 20), variant("B", 50), variant("C", 30)), null))
        .extracting(Variants::bounds)
        .isEqualTo(List.of(2_000, 7_000, 10_000));
  }

  @Test
  void aTestsPartsAreEqual() {
    WinnerTest test =
        new WinnerTest(new WinnerTest.Percent(10), WinnerTest.Metric.VIEWS, Duration.ofHours(1), 2);
    assertThat(new Variants(List.of(variant("A", 0), variant("B", 0), variant("C", 0)), test))
        .extracting(Variants::bounds)
        .isEqualTo(List.of(3_333, 6_666, 10_000));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Variants(List.of(variant("A", 100)), null))
        .hasMessageContaining("2 or 3");
    assertThatThrownBy(() -> new Variants(List.of(variant("A", 50), variant("B", 40)), null))
        .hasMessageContaining("100");
    assertThatThrownBy(() -> new Variants(List.of(variant("A", 50), variant("A", 50)), null))
        .hasMessageContaining("name");
    assertThatThrownBy(() -> new Variants(List.of(variant("A", 50), variant("B", 50, 2)), null))
        .hasMessageContaining("connection");
  }
}
