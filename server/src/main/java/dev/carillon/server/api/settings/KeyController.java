package dev.carillon.server.api.settings;

import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.Scope;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
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

/** The API keys. A key itself is shown once, when it is made. */
@RestController
@RequestMapping("/api/v1/keys")
@Tag(name = "Settings")
class KeyController {
  private static final String TOKENS = "identityTokens";
  private static final String REQUIRED = "required";
  private static final String OPTIONAL = "optional";

  private final ApiKeys keys;

  KeyController(ApiKeys keys) {
    this.keys = keys;
  }

  @GetMapping
  @Operation(
      summary = "The API keys, revoked ones too",
      description = "Needs the scope admin. Of a key there is only how it begins.")
  ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    keys.list().forEach(key -> list.add(view(key)));
    return list;
  }

  @PostMapping
  @Operation(
      summary = "Makes an API key",
      description =
          "Needs the scope admin. The answer has the key itself, which cannot be shown again. A key"
              + " of data:append is part of apps and pages, where everybody can copy it:"
              + " identityTokens required lets it speak for a person only with an identity token"
              + " (see /api/v1/identity-keys); what lacks one is kept for the anonymous visitor.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example =
                                  "{\"name\":\"Web shop\",\"scopes\":[\"data:append\"],"
                                      + "\"identityTokens\":\"required\"}"))))
  ResponseEntity<ObjectNode> create(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal caller) {
    ObjectNode json = Requests.object(body);
    String name = json.path("name").asString("").strip();
    Boolean required = tokensRequired(json);
    try {
      ApiKeys.Created created =
          keys.create(
              name,
              scopes(json.path("scopes")),
              Boolean.TRUE.equals(required),
              Caller.actor(caller));
      ObjectNode view = view(keys.find(created.id()).orElseThrow());
      view.put("key", created.key());
      return ResponseEntity.created(URI.create("/api/v1/keys/" + created.id())).body(view);
    } catch (IllegalArgumentException refused) {
      throw new ApiException(422, "invalidKey", String.valueOf(refused.getMessage()));
    }
  }

  @PatchMapping("/{id}")
  @Operation(
      summary = "Says whether a key of data:append needs identity tokens",
      description = "Needs the scope admin. It holds for what comes in from then on.")
  ObjectNode change(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller) {
    Boolean required = tokensRequired(Requests.object(body));
    int key = Requests.id(id, "key");
    if (required != null) {
      try {
        if (!keys.setTokensRequired(key, required, Caller.actor(caller))) {
          throw ApiException.notFound("key");
        }
      } catch (IllegalArgumentException refused) {
        throw new ApiException(422, "invalidKey", String.valueOf(refused.getMessage()));
      }
    }
    return view(keys.find(key).orElseThrow(() -> ApiException.notFound("key")));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Revokes an API key for ever", description = "Needs the scope admin.")
  ResponseEntity<Void> revoke(@PathVariable String id, @Nullable Principal caller) {
    if (!keys.revoke(Requests.id(id, "key"), Caller.actor(caller))) {
      throw ApiException.notFound("key");
    }
    return ResponseEntity.noContent().build();
  }

  /** What the body says of identity tokens; null when it says nothing. */
  private static @Nullable Boolean tokensRequired(ObjectNode json) {
    JsonNode said = json.get(TOKENS);
    if (said == null) {
      return null;
    }
    return switch (said.asString("")) {
      case REQUIRED -> true;
      case OPTIONAL -> false;
      default -> throw ApiException.badParameter(TOKENS, "identityTokens is required or optional.");
    };
  }

  private static Set<Scope> scopes(JsonNode list) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode one : list) {
      scopes.add(
          Scope.ofKey(one.asString(""))
              .orElseThrow(
                  () -> ApiException.badParameter("scopes", "There is no scope " + one + ".")));
    }
    return scopes;
  }

  private static ObjectNode view(ApiKey key) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", Integer.toString(key.id()));
    view.put("name", key.name());
    view.put("beginsWith", key.shownPrefix());
    ArrayNode scopes = view.putArray("scopes");
    key.scopes().stream().sorted().forEach(scopes::add);
    if (ApiKeys.isPublic(key)) {
      view.put(TOKENS, key.tokensRequired() ? REQUIRED : OPTIONAL);
    }
    view.put("createdAt", key.createdAt().toString());
    if (key.revokedAt() != null) {
      view.put("revokedAt", key.revokedAt().toString());
    }
    return view;
  }
}
