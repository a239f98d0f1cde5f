package dev.carillon.engine.connection;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.engine.provider.Provider.Kind;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Scheme, host and port of each address that a connection's secrets are sent to. */
final class Origins {
  private Origins() {}

  /** By name of the setting; what is not set counts with what applies then. */
  static Map<String, String> of(Provider provider, Connection connection) {
    Map<String, String> origins = new TreeMap<>();
    for (Field field : provider.fields()) {
      if (field.kind() == Kind.ADDRESS) {
        connection
            .text(field.name())
            .map(String::strip)
            .filter(address -> !address.isEmpty())
            .or(() -> Optional.ofNullable(field.initial()))
            .ifPresent(address -> origins.put(field.name(), origin(address)));
      }
    }
    return origins;
  }

  /** An address that is none stands for itself, so that it never equals another. */
  private static String origin(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return address;
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      int port = uri.getPort() < 0 ? usualPort(scheme) : uri.getPort();
      return scheme + "://" + host + ":" + port;
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }

  private static int usualPort(String scheme) {
    return scheme.equals("http") ? 80 : 443;
  }
}
