package dev.carillon.channels.support.settings;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings that say where a provider is. Secrets go there, so plain HTTP needs this machine or an
 * administrator who allows it.
 */
public final class ProviderAddress {
  /** Lets a connection's addresses be http on other machines. */
  public static final Setting<Boolean> ALLOW_HTTP =
      Setting.flag(
          Field.optional(
                  "allowHttp",
                  "Allow plain HTTP",
                  "true to let the API address be http on another machine: only for tests.")
              .initially("false"));

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  private ProviderAddress() {}

  /**
   * An address without a query, read without a slash at the end.
   *
   * @param field whose kind is ADDRESS, with an initial address
   */
  public static Setting<String> base(Field field) {
    return new Setting<>(
        field,
        (address, connection) -> problem(field, address, connection),
        address -> address.replaceAll("/+$", ""));
  }

  private static Optional<String> problem(Field field, String address, Connection connection) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      return notAnAddress(field);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      return notAnAddress(field);
    }
    if (scheme.equalsIgnoreCase("http")) {
      return LOOPBACK.matcher(uri.getHost()).matches() || ALLOW_HTTP.of(connection)
          ? Optional.empty()
          : Optional.of("It must start with https unless it is on this machine.");
    }
    return scheme.equalsIgnoreCase("https")
        ? Optional.empty()
        : Optional.of("It must start with https.");
  }

  private static Optional<String> notAnAddress(Field field) {
    return Optional.of("This is not an address such as " + field.initial());
  }
}
