package dev.carillon.server.api.settings;

import dev.carillon.engine.port.access.IdentityKey;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.key.IdentityKeys;
import dev.carillon.server.access.key.IdentityKeys.Algorithm;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The keys for identity tokens. What tokens are signed with is shown once, when it is made. */
@RestController
@RequestMapping("/api/v1/identity-keys")
@Tag(name = "Settings")
class IdentityKeyController {
  private final IdentityKeys keys;

  IdentityKeyController(IdentityKeys keys) {
    this.keys = keys;
  }

  @GetMapping
  @Operation(
      summary = "The keys for identity tokens, revoked ones too",
      description = "Needs the scope admin. usable false: its secret is lost; make a new key.")
  ArrayNode list() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    keys.list().forEach(key -> list.add(view(key)));
    return list;
  }

  @PostMapping
  @Operation(
      summary = "Makes a key for identity tokens",
      description =
          "Needs the scope admin. An identity token is a JWT that the app's server makes for a"
              + " person who is signed in: alg HS256 or ES256, sub the person's identity, iat the"
              + " time (at most a day ago), kid the keyId. The answer has what the server signs"
              + " with, which cannot be shown again: secret (HS256; its characters are its bytes),"
              + " or privateKey (ES256, PKCS 8, PEM) unless publicKey, an own key on P-256 (PEM),"
              + " was given.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content =
                  @Content(
                      schema =
                          @Schema(
                              type = "object",
                              example = "{\"name\":\"Shop server\",\"algorithm\":\"ES256\"}"))))
  ResponseEntity<ObjectNode> create(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal caller) {
    ObjectNode json = Requests.object(body);
    JsonNode publicKey = json.get("publicKey");
    try {
      IdentityKeys.Created created =
          keys.create(
              json.path("name").asString("").strip(),
              algorithm(json.path("algorithm").asString("HS256")),
              publicKey == null ? null : publicKey.asString(""),
              Caller.actor(caller));
      ObjectNode view = view(created.key());
      if (created.secret() != null) {
        view.put(
            created.key().algorithm().equals(Algorithm.HS256.name()) ? "secret" : "privateKey",
            created.secret());
      }
      return ResponseEntity.created(URI.create("/api/v1/identity-keys/" + created.key().id()))
          .body(view);
    } catch (IllegalArgumentException refused) {
      throw new ApiException(422, "invalidKey", String.valueOf(refused.getMessage()));
    }
  }

  @DeleteMapping("/{id}")
  @Operation(
      summary = "Revokes a key permanently: its tokens no longer count",
      description = "Needs the scope admin.")
  ResponseEntity<Void> revoke(@PathVariable String id, @Nullable Principal caller) {
    if (!keys.revoke(Requests.id(id, "key"), Caller.actor(caller))) {
      throw ApiException.notFound("key");
    }
    return ResponseEntity.noContent().build();
  }

  private static Algorithm algorithm(String name) {
    for (Algorithm algorithm : Algorithm.values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    throw ApiException.badParameter("algorithm", "The algorithm is HS256 or ES256.");
  }

  private ObjectNode view(IdentityKey key) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("id", Integer.toString(key.id()));
    view.put("name", key.name());
    view.put("keyId", key.keyId());
    view.put("algorithm", key.algorithm());
    view.put("createdAt", key.createdAt().toString());
    if (key.revokedAt() != null) {
      view.put("revokedAt", key.revokedAt().toString());
    } else {
      view.put("usable", keys.isUsable(key));
    }
    return view;
  }
}
