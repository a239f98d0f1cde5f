package dev.carillon.server.access;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay signed in.
 *
 * @param idle without a request, from a minute on
 * @param limit in all, however busy they are; at least as long
 */
@ConfigurationProperties("carillon.session")
public record SessionSettings(
    @DefaultValue("12h") Duration idle, @DefaultValue("24h") Duration limit) {

  public SessionSettings {
    if (idle.compareTo(Duration.ofMinutes(1)) < 0
        || limit.compareTo(idle) < 0
        || limit.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          "carillon.session.idle is at least a minute, and carillon.session.limit at least as long"
              + " and at most 365 days: "
              + idle
              + ", "
              + limit);
    }
  }
}
