package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackReply;
import dev.carillon.engine.provider.CallbackRequest;
import dev.carillon.engine.provider.Connection;
import dev.carillon.testkit.provider.ProviderWire;
import dev.carillon.testkit.provider.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Meta's side of the wire, written by hand for the tests. */
final class CloudWire implements ProviderWire {
  static final String APP_SECRET = "0123456789abcdef0123456789abcdef";
  static final String VERIFY_TOKEN = "my-verify-token";
  static final String HOOK = "https://carillon.example/hooks/3";
  static final Instant NOW = Instant.parse("2026-11-20T10:15:30.5Z");

  static WhatsAppCloudProvider provider() {
    return new WhatsAppCloudProvider(
        new LiquidTexts(), InstantSource.fixed(NOW), new ProcessHealth());
  }

  static Connection connection(URI address, int timeLimitSeconds) {
    return new Connection(
        3,
        "whatsapp-cloud",
        "Main number",
        Map.of(
            "baseUrl",
            address.toString(),
            "phoneNumberId",
            "106540352242922",
            "businessAccountId",
            "102290129340398",
            "timeoutSeconds",
            timeLimitSeconds),
        Map.of(
            "accessToken", "EAAtesttoken", "appSecret", APP_SECRET, "verifyToken", VERIFY_TOKEN));
  }

  static Connection connection() {
    return connection(URI.create("https://graph.facebook.com"), 30);
  }

  @Override
  public Reply.Answer accepts(String providerMessageId) {
    return Reply.Answer.of(
        200,
        """
        {"messaging_product":"whatsapp","contacts":[{"input":"16505551234","wa_id":"16505551234"}],
         "messages":[{"id":"%s","message_status":"accepted"}]}\
        """
            .formatted(providerMessageId));
  }

  @Override
  public Refusal refusesMessage() {
    return new Refusal(error(400, 131026, "Message undeliverable"), "131026");
  }

  @Override
  public Refusal throttles(int retryAfterSeconds) {
    Reply.Answer answer = error(400, 130429, "Rate limit hit");
    return new Refusal(
        retryAfterSeconds == 0 ? answer : answer.with("Retry-After", "" + retryAfterSeconds),
        "130429");
  }

  @Override
  public Refusal refusesCredentials() {
    return new Refusal(error(401, 190, "Error validating access token"), "190");
  }

  static Reply.Answer error(int status, int code, String message) {
    return Reply.Answer.of(
        status,
        """
        {"error":{"message":"(#%d) %s","type":"OAuthException","code":%d,"fbtrace_id":"Az8"}}\
        """
            .formatted(code, message, code));
  }

  @Override
  public CallbackRequest status(
      @Nullable String reference, String providerMessageId, FactKind kind, Instant receivedAt) {
    String status =
        switch (kind) {
          case RECEIPT_SENT -> "sent";
          case RECEIPT_DELIVERED -> "delivered";
          case RECEIPT_FAILED -> "failed";
          case VIEWED -> "read";
          default -> throw new IllegalArgumentException(kind.toString());
        };
    String extra = reference == null ? "" : ",\"biz_opaque_callback_data\":\"" + reference + "\"";
    if (kind == FactKind.RECEIPT_FAILED) {
      extra +=
          ",\"errors\":[{\"code\":131026,\"title\":\"Message undeliverable\","
              + "\"error_data\":{\"details\":\"Message Undeliverable.\"}}]";
    }
    return signed(
        change(
            """
            "statuses":[{"id":"%s","status":"%s","timestamp":"%d","recipient_id":"16505551234"%s}]\
            """
                .formatted(providerMessageId, status, receivedAt.getEpochSecond() - 5, extra)),
        receivedAt);
  }

  /** A whole body around the members of one change's value. */
  static byte[] change(String members) {
    return change("messages", members);
  }

  static byte[] change(String field, String members) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"value":{
     "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",
     "phone_number_id":"106540352242922"},%s},"field":"%s"}]}]}\
    """
        .formatted(members, field)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public CallbackRequest signed(byte[] body, Instant receivedAt) {
    return new CallbackRequest(
        "POST",
        HOOK,
        Map.of("x-hub-signature-256", signature(body), "content-type", "application/json"),
        body,
        receivedAt);
  }

  /** Computed here once more, so that the tests do not lean on the code that they test. */
  static String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public CallbackRequest unsigned(CallbackRequest callback) {
    return new CallbackRequest(
        callback.method(), callback.address(), Map.of(), callback.body(), callback.receivedAt());
  }

  @Override
  public Handshake handshake() {
    return new Handshake(
        handshake(VERIFY_TOKEN),
        new CallbackAnswer.Answered(CallbackReply.text("1158201444")),
        handshake("guess"));
  }

  static CallbackRequest handshake(String token) {
    return new CallbackRequest(
        "GET",
        HOOK + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + token,
        Map.of(),
        new byte[0],
        NOW);
  }
}
