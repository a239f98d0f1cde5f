package dev.carillon.server.settings;

import dev.carillon.server.connector.RequestPace;
import dev.carillon.server.ingest.BodyBudget;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.validation.annotation.Validated;

/**
 * What requests may take of the server before anything is known of them.
 *
 * @param bodiesInMemoryMb the most memory of bodies that are being read, over all requests, in MiB;
 *     0: a sixth of the heap, at least 64 and at most 128
 * @param requestPatience what any request may take to arrive, a second or more; a large one may
 *     take longer, as long as its bytes come fast enough
 */
@Validated
@ConfigurationProperties("carillon")
public record RequestSettings(
    @Range(max = 2_047) @DefaultValue("0") int bodiesInMemoryMb,
    @NotNull
        @DurationUnit(ChronoUnit.SECONDS)
        @DurationMin(seconds = 1, message = "must be a second or more")
        @DefaultValue("30s")
        Duration requestPatience) {
  private static final long BYTES_PER_SECOND = 8 * 1024;
  private static final long LEAST = 64L << 20;
  private static final long USUAL = 128L << 20;
  private static final int OF_HEAP = 6;

  public BodyBudget bodies() {
    return new BodyBudget(
        bodiesInMemoryMb > 0
            ? (long) bodiesInMemoryMb << 20
            : Math.clamp(Runtime.getRuntime().maxMemory() / OF_HEAP, LEAST, USUAL));
  }

  public RequestPace pace() {
    return new RequestPace(requestPatience, BYTES_PER_SECOND);
  }
}
