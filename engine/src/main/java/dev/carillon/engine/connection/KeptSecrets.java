package dev.carillon.engine.connection;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The secrets of a connection as they are sealed: together with the {@link Origins} that they were
 * entered for, so that changing an address, even in the database, sends them nowhere else.
 *
 * @param enteredFor origins by name of the setting; null as earlier versions kept secrets
 */
record KeptSecrets(Map<String, String> secrets, @Nullable Map<String, String> enteredFor) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final String SECRETS = "secrets";
  private static final String ENTERED_FOR = "enteredFor";

  /** Reads what {@link #bytes} wrote, or the bare secrets by name. */
  static KeptSecrets read(byte[] bytes) {
    JsonNode json = MAPPER.readTree(bytes);
    return json.get(SECRETS) instanceof ObjectNode secrets
        ? new KeptSecrets(texts(secrets), texts(json.get(ENTERED_FOR)))
        : new KeptSecrets(texts(json), null);
  }

  byte[] bytes() {
    ObjectNode json = MAPPER.createObjectNode();
    json.set(SECRETS, MAPPER.valueToTree(secrets));
    json.set(ENTERED_FOR, MAPPER.valueToTree(enteredFor));
    return MAPPER.writeValueAsBytes(json);
  }

  /** Whether the secrets were entered for all of these. */
  boolean isFor(Map<String, String> origins) {
    return enteredFor != null && enteredFor.entrySet().containsAll(origins.entrySet());
  }

  private static Map<String, String> texts(JsonNode json) {
    return MAPPER.convertValue(json, TEXTS);
  }
}
