package dev.carillon.server.api.settings;

import dev.carillon.engine.account.AccountService;
import dev.carillon.engine.definition.SettingsReader;
import dev.carillon.engine.definition.SettingsWriter;
import dev.carillon.engine.port.account.KeptSettings;
import dev.carillon.server.access.Caller;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The account's settings: zone, week, currency, quiet hours, caps, system control group. */
@RestController
@RequestMapping("/api/v1/settings")
@Tag(name = "Settings")
class SettingsApiController {
  private static final String EXAMPLE =
      """
      {"zone":"Asia/Kolkata","weekStart":"monday","currency":"INR","country":"IN",
       "quietHours":{"from":"22:00","to":"08:00","then":"delay"},
       "caps":[{"channel":"whatsapp","messages":3,"within":"P7D"}],
       "systemControlGroup":{"percent":3}}""";

  private final AccountService account;

  SettingsApiController(AccountService account) {
    this.account = account;
  }

  @GetMapping
  @Operation(summary = "The account's settings")
  ResponseEntity<ObjectNode> read() {
    return answer(account.kept());
  }

  @PatchMapping
  @Operation(
      summary = "Changes the settings that are given",
      description =
          "Needs the scope admin. If-Match with the version (the ETag) that the change was made"
              + " from keeps two people from overwriting each other; so does a member version."
              + " quietHours null: never quiet. A new zone or week start holds for all reports from"
              + " the next look on; caps for what is sent from then on; the system control group"
              + " for runs that are planned from then on.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              content = @Content(schema = @Schema(type = "object", example = EXAMPLE))))
  ResponseEntity<ObjectNode> change(
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal caller) {
    ObjectNode changes = Requests.object(body);
    KeptSettings before = account.kept();
    int version = Requests.version(ifMatch, changes, before.version());
    return answer(
        account.change(
            version,
            Requests.value(SettingsReader.change(before.settings(), changes)),
            Caller.actor(caller)));
  }

  private static ResponseEntity<ObjectNode> answer(KeptSettings kept) {
    ObjectNode json = SettingsWriter.write(kept.settings());
    json.put("version", kept.version());
    return ResponseEntity.ok().eTag("\"" + kept.version() + "\"").body(json);
  }
}
