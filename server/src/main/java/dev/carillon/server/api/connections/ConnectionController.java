package dev.carillon.server.api.connections;

import dev.carillon.engine.callback.CallbackHealth;
import dev.carillon.engine.callback.ConnectionHealth;
import dev.carillon.engine.connection.ConnectionChange;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ConnectionTest;
import dev.carillon.engine.provider.Connections.Connected;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import dev.carillon.server.settings.PublicAddress;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Connections to providers. Secrets go in and never come out. */
@RestController
@RequestMapping("/api/v1/providers")
@Tag(name = "Connections")
class ConnectionController {
  private static final String EXAMPLE =
      """
      {"type":"whatsapp-cloud","name":"Main number",
       "settings":{"baseUrl":"https://graph.facebook.com","version":"v25.0","phoneNumberId":"106540352242922",
                   "businessAccountId":"102290129340398","messagesPerSecond":80},
       "secrets":{"accessToken":"...","appSecret":"...","verifyToken":"..."}}\
      """;

  private final ConnectionService book;
  private final CallbackHealth health;
  private final PublicAddress address;
  private final AuditLog audit;

  ConnectionController(
      ConnectionService book, CallbackHealth health, PublicAddress address, AuditLog audit) {
    this.book = book;
    this.health = health;
    this.address = address;
    this.audit = audit;
  }

  @GetMapping
  @Operation(summary = "Lists the connections")
  ArrayNode list(HttpServletRequest request) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    book.connections().forEach(connected -> list.add(view(connected, request)));
    return list;
  }

  @PostMapping
  @Operation(
      summary = "Sets up a connection",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(type = "object", example = EXAMPLE))))
  ResponseEntity<ObjectNode> create(
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller,
      HttpServletRequest request) {
    ObjectNode json = Requests.object(body);
    ConnectionChange change =
        book.create(text(json, "type"), text(json, "name"), settings(json), secrets(json));
    Connected created = change.after();
    audit(caller, "create", created.connection(), change.words());
    return ResponseEntity.created(URI.create("/api/v1/providers/" + created.connection().id()))
        .body(view(created, request));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One connection")
  ObjectNode read(@PathVariable String id, HttpServletRequest request) {
    return view(find(id), request);
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Changes name, settings or secrets; what is not given stays",
      description =
          "Where an address, such as baseUrl, gets another scheme, host or port, all secrets must be"
              + " given in the same change: 422 secretsNeeded names those that are missing.")
  ObjectNode change(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller,
      HttpServletRequest request) {
    Connection before = find(id).connection();
    ObjectNode json = Requests.object(body);
    Map<String, Object> settings = new LinkedHashMap<>(before.settings());
    settings.putAll(settings(json));
    ConnectionChange change =
        book.change(
                before.id(),
                json.has("name") ? text(json, "name") : before.name(),
                settings,
                secrets(json))
            .orElseThrow(() -> ApiException.notFound("connection"));
    audit(caller, "change", change.after().connection(), change.words());
    return view(change.after(), request);
  }

  @GetMapping("/{id}/health")
  @Operation(summary = "State of the connection's callbacks, and what to do")
  ConnectionHealth health(@PathVariable String id) {
    return health.health(find(id));
  }

  @PostMapping("/{id}/test")
  @Operation(
      summary = "Asks the provider whether the connection works; nothing is sent to anybody",
      description = "409 cannotTest where the provider has no such test.")
  ConnectionTest.Outcome test(@PathVariable String id, @Nullable Principal caller) {
    Connected connected = find(id);
    ConnectionTest test =
        connected
            .provider()
            .connectionTest()
            .orElseThrow(
                () ->
                    new ApiException(
                        409,
                        "cannotTest",
                        "This provider can be tested by a message only: send one as a test."));
    ConnectionTest.Outcome outcome = test.test(connected.connection());
    audit(caller, "test", connected.connection(), null);
    return outcome;
  }

  @GetMapping("/{id}/templates")
  @Operation(
      summary = "The templates that the provider lists for the connection, by name and language",
      description =
          "A member problem says why the list is not whole, and what to do. 409 noTemplates where"
              + " the provider knows no templates.")
  ObjectNode templates(@PathVariable String id) {
    Connected connected = find(id);
    return connected
        .provider()
        .templates()
        .map(catalog -> TemplateView.of(catalog.templates(connected.connection())))
        .orElseThrow(
            () -> new ApiException(409, "noTemplates", "This provider knows no templates."));
  }

  private Connected find(String id) {
    return book.connection(Requests.id(id, "connection"))
        .orElseThrow(() -> ApiException.notFound("connection"));
  }

  private ObjectNode view(Connected connected, HttpServletRequest request) {
    Connection connection = connected.connection();
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", Integer.toString(connection.id()));
    view.put("type", connection.type());
    view.put("channel", connected.provider().channel().key());
    view.put("name", connection.name());
    ObjectNode settings = view.putObject("settings");
    connection.settings().forEach(settings::putPOJO);
    ArrayNode secrets = view.putArray("secretsSet");
    connected.provider().fields().stream()
        .filter(Field::secret)
        .map(Field::name)
        .filter(name -> connection.secret(name).isPresent())
        .forEach(secrets::add);
    if (connected.sealed()) {
      view.put("needsSecrets", true);
    }
    view.put("callbackUrl", address.of(request, "/hooks/" + connection.id()));
    return view;
  }

  private static String text(ObjectNode json, String member) {
    JsonNode value = json.get(member);
    return value != null && value.isString() ? value.stringValue() : "";
  }

  private static Map<String, Object> settings(ObjectNode json) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (var setting : object(json, "settings").properties()) {
      JsonNode value = setting.getValue();
      if (value.isString()) {
        settings.put(setting.getKey(), value.stringValue());
      } else if (value.isNumber() && Double.isFinite(value.numberValue().doubleValue())) {
        settings.put(setting.getKey(), value.numberValue());
      } else if (value.isBoolean()) {
        settings.put(setting.getKey(), value.booleanValue());
      } else if (!value.isNull()) {
        throw new ApiException(
            400,
            "invalidBody",
            "The setting " + setting.getKey() + " must be text, a number or a boolean.");
      }
    }
    return settings;
  }

  private static Map<String, String> secrets(ObjectNode json) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (var secret : object(json, "secrets").properties()) {
      if (!secret.getValue().isString()) {
        throw new ApiException(
            400, "invalidBody", "The secret " + secret.getKey() + " must be text.");
      }
      secrets.put(secret.getKey(), secret.getValue().stringValue());
    }
    return secrets;
  }

  private static ObjectNode object(ObjectNode json, String member) {
    JsonNode value = json.get(member);
    if (value == null || value.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw new ApiException(400, "invalidBody", "The member " + member + " must be an object.");
  }

  private void audit(
      @Nullable Principal caller, String action, Connection connection, @Nullable String detail) {
    audit.record(
        Caller.actor(caller), "connection." + action, Integer.toString(connection.id()), detail);
  }
}
