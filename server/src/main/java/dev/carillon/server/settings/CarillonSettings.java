package dev.carillon.server.settings;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of an installation, read from the configuration file, the environment (as {@code
 * CARILLON_...}) and the command line; the later wins. All problems are reported at once.
 *
 * @param data the data folder; it has everything that is kept
 * @param apiKey a key that is valid with all scopes from the start; null without
 * @param zone the account's time zone until it is set; decides days and local times
 * @param currency ISO 4217 code of the account's currency until it is set
 * @param publicUrl address at which providers reach this server; null: the address that it listens
 *     on
 * @param adminPassword password of the login admin when there is no login yet; null: generated
 * @param secretKey keys that seal secrets, as in the file {@code secrets.key}; null: that file
 * @param intakeCapacity how many entries may wait to become durable before requests are turned away
 * @param memoryLimitMb the most memory that the fact store uses, in MiB; 0: a quarter of the
 *     machine's, at most 4,096
 * @param ledgersInMemory how many campaigns' ledgers are kept in memory
 * @param secureCookies whether browsers may send the session over https only
 * @param uploadLimitMb the most of a file in a form, in MiB
 */
@Validated
@ConfigurationProperties("carillon")
public record CarillonSettings(
    @NotNull @DefaultValue("data") Path data,
    @Nullable String apiKey,
    @NotNull @NamedZone @DefaultValue("UTC") ZoneId zone,
    @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters, such as INR")
        @DefaultValue("USD")
        String currency,
    @Nullable @WebAddress URI publicUrl,
    @Nullable String adminPassword,
    @Nullable String secretKey,
    @Range(min = 1_000, max = 10_000_000) @DefaultValue("200000") int intakeCapacity,
    @Min(0) @DefaultValue("0") int memoryLimitMb,
    @Min(1) @DefaultValue("200") int ledgersInMemory,
    @DefaultValue("false") boolean secureCookies,
    @Range(min = 1, max = 10_240) @DefaultValue("512") int uploadLimitMb) {

  public CarillonSettings {
    if (ZoneOffset.UTC.equals(zone)) {
      zone = ZoneId.of("UTC");
    }
  }
}
