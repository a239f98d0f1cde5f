package dev.carillon.server.access.login;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long people stay signed in.
 *
 * @param idle without a request, from a minute on
 * @param limit in all, however busy they are; at least as long as {@code idle}, at most 365 days
 */
@Validated
@ConfigurationProperties("carillon.session")
public record SessionSettings(
    @NotNull @DurationMin(minutes = 1, message = "must be a minute or more") @DefaultValue("12h")
        Duration idle,
    @NotNull @DurationMax(days = 365, message = "must be 365 days or less") @DefaultValue("24h")
        Duration limit) {

  /** Whether people cannot be signed in for less time than they may be idle. */
  @AssertTrue(message = "carillon.session.limit must be at least as long as carillon.session.idle")
  boolean isLimitLongEnough() {
    return limit.compareTo(idle) >= 0;
  }
}
