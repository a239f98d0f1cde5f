package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.meta.graph.GraphSignature;
import dev.carillon.channels.support.settings.ProviderAddress;
import dev.carillon.channels.support.settings.Setting;
import dev.carillon.channels.support.settings.SettingsForm;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings and secrets of one connection, checked.
 *
 * @param baseUrl where the API is, without a slash at the end
 * @param businessAccountId empty when it is not set: sending works without it, the list of
 *     templates does not
 * @param appSecretProof whether calls carry appsecret_proof
 * @param callTimeout for one whole call
 */
record CloudSettings(
    String baseUrl,
    String version,
    String phoneNumberId,
    String businessAccountId,
    boolean appSecretProof,
    Duration callTimeout,
    String accessToken,
    String appSecret) {

  private static final Setting<String> PHONE_NUMBER_ID =
      Setting.pathPart(
          Field.required(
              "phoneNumberId", "Phone number ID", "In the app, under WhatsApp, API Setup."));
  private static final Setting<String> BUSINESS_ACCOUNT_ID =
      Setting.pathPart(
          Field.optional(
              "businessAccountId",
              "Business account ID",
              "In the app, under WhatsApp, API Setup; needed to list your templates."));
  private static final Setting<String> ACCESS_TOKEN =
      Setting.token(
          Field.secret(
              "accessToken",
              "Access token",
              "A system user's token that may send for the number."));
  private static final Setting<String> APP_SECRET =
      Setting.token(
          Field.secret(
              "appSecret", "App secret", "In the app, under Settings, Basic; proves callbacks."));
  private static final Setting<String> VERIFY_TOKEN =
      Setting.text(
          Field.secret(
              "verifyToken",
              "Verify token",
              "Any text you choose; enter the same one beside the callback URL in the app."));
  private static final Setting<Double> MESSAGES_PER_SECOND =
      Setting.messagesPerSecond(
          "What the number may send: 80, or up to 1000 after Meta's upgrade.", "80");
  private static final Setting<String> VERSION =
      Setting.pathPart(
          Field.optional("version", "API version", "Version of the Graph API.").initially("v25.0"));
  private static final Setting<String> BASE_URL =
      ProviderAddress.base(
          Field.address(
              "baseUrl", "API address", "Where the Graph API is.", "https://graph.facebook.com"));
  private static final Setting<Boolean> APP_SECRET_PROOF =
      Setting.flag(
          Field.optional(
                  "appSecretProof",
                  "Send appsecret_proof",
                  "true when the app requires a proof of its secret with each call.")
              .initially("false"));
  private static final Setting<Double> TIME_LIMIT = Setting.timeLimit();

  static final SettingsForm FORM =
      new SettingsForm(
          PHONE_NUMBER_ID,
          BUSINESS_ACCOUNT_ID,
          ACCESS_TOKEN,
          APP_SECRET,
          VERIFY_TOKEN,
          MESSAGES_PER_SECOND,
          VERSION,
          BASE_URL,
          APP_SECRET_PROOF,
          TIME_LIMIT,
          Setting.stopWords(),
          ProviderAddress.ALLOW_HTTP);

  /**
   * Reads a connection.
   *
   * @throws IllegalArgumentException when there is a problem with it
   */
  static CloudSettings of(Connection connection) {
    FORM.require(connection);
    return new CloudSettings(
        BASE_URL.of(connection),
        VERSION.of(connection),
        PHONE_NUMBER_ID.of(connection),
        BUSINESS_ACCOUNT_ID.find(connection).orElse(""),
        APP_SECRET_PROOF.of(connection),
        Duration.ofMillis((long) (1000 * TIME_LIMIT.of(connection))),
        ACCESS_TOKEN.of(connection),
        APP_SECRET.of(connection));
  }

  static double messagesPerSecond(Connection connection) {
    return MESSAGES_PER_SECOND.of(connection);
  }

  static Optional<String> appSecret(Connection connection) {
    return APP_SECRET.given(connection);
  }

  static Optional<String> verifyToken(Connection connection) {
    return VERIFY_TOKEN.given(connection);
  }

  /** The provider's id of the number that the connection sends from; empty when it is not set. */
  static String phoneNumberId(Connection connection) {
    return PHONE_NUMBER_ID.given(connection).orElse("");
  }

  /** The address of something that the API knows by its id. */
  URI uri(String idAndRest) {
    String address = baseUrl + "/" + version + "/" + idAndRest;
    if (appSecretProof) {
      address +=
          (address.contains("?") ? "&" : "?")
              + "appsecret_proof="
              + GraphSignature.appSecretProof(accessToken, appSecret);
    }
    return URI.create(address);
  }

  @Override
  public String toString() {
    return "CloudSettings[" + phoneNumberId + "]";
  }
}
