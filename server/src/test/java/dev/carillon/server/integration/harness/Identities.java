package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;

/** The identities that the counts of every report obey. */
public final class Identities {

  private Identities() {}

  public static void hold(Map<String, Long> counts) {
    assertThat(of(counts, "planned"))
        .as("planned is accounted for: %s", counts)
        .isEqualTo(
            of(counts, "control")
                + of(counts, "suppressed")
                + of(counts, "dispatchErrors")
                + of(counts, "uncertain")
                + of(counts, "pending")
                + of(counts, "sent"));
    assertThat(of(counts, "sent"))
        .as("sent is accounted for: %s", counts)
        .isEqualTo(of(counts, "delivered") + of(counts, "deliveryErrors") + of(counts, "unknown"));
  }

  private static long of(Map<String, Long> counts, String name) {
    return Objects.requireNonNull(counts.get(name), name);
  }
}
