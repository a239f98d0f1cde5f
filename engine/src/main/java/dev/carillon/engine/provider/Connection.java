package dev.carillon.engine.provider;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A provider as the account uses it.
 *
 * @param id 1 or more
 * @param type the provider's type, such as whatsapp-cloud
 * @param name what the account calls it
 * @param settings text, numbers and booleans by name; shown to those who may see connections
 * @param secrets by name; never shown, never logged
 */
public record Connection(
    int id, String type, String name, Map<String, Object> settings, Map<String, String> secrets) {
  public Connection {
    settings = Map.copyOf(settings);
    secrets = Map.copyOf(secrets);
  }

  /** The setting as text, a whole number without decimals; empty when it is not set. */
  public Optional<String> text(String setting) {
    return Optional.ofNullable(settings.get(setting))
        .map(
            value ->
                value instanceof Double number && number == Math.rint(number)
                    ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                    : value.toString());
  }

  /** The secret; empty when it is not set. */
  public Optional<String> secret(String secret) {
    return Optional.ofNullable(secrets.get(secret));
  }

  @Override
  public String toString() {
    return "Connection[" + id + " " + type + "]";
  }
}
