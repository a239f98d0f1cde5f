package dev.carillon.channels.meta.whatsapp;

import dev.carillon.engine.consent.OptOutWords;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import dev.carillon.engine.provider.Provider.Kind;
import dev.carillon.engine.provider.Provider.Problem;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

  static final double DEFAULT_MESSAGES_PER_SECOND = 80;

  private static final String BASE_URL = "baseUrl";
  private static final String VERSION = "version";
  private static final String PHONE_NUMBER_ID = "phoneNumberId";
  private static final String BUSINESS_ACCOUNT_ID = "businessAccountId";
  private static final String MESSAGES_PER_SECOND = "messagesPerSecond";
  private static final String APP_SECRET_PROOF = "appSecretProof";
  private static final String TIMEOUT_SECONDS = "timeoutSeconds";
  private static final String ALLOW_HTTP = "allowHttp";
  private static final String ACCESS_TOKEN = "accessToken";
  private static final String APP_SECRET = "appSecret";
  static final String VERIFY_TOKEN = "verifyToken";

  private static final String DEFAULT_BASE_URL = "https://graph.facebook.com";
  private static final String DEFAULT_VERSION = "v25.0";
  private static final double DEFAULT_TIMEOUT_SECONDS = 30;
  private static final Pattern PATH_PART = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern FLAG = Pattern.compile("(?i)true|false");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,4096}");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");

  static final List<Field> FIELDS =
      List.of(
          required(PHONE_NUMBER_ID, "Phone number ID", "In the app, under WhatsApp, API Setup."),
          optional(
              BUSINESS_ACCOUNT_ID,
              "Business account ID",
              "In the app, under WhatsApp, API Setup; needed to list your templates.",
              null),
          secret(
              ACCESS_TOKEN, "Access token", "A system user's token that may send for the number."),
          secret(APP_SECRET, "App secret", "In the app, under Settings, Basic; proves callbacks."),
          secret(
              VERIFY_TOKEN,
              "Verify token",
              "Any text you choose; enter the same one beside the callback URL in the app."),
          optional(
              MESSAGES_PER_SECOND,
              "Messages per second",
              "What the number may send: 80, or up to 1000 after Meta's upgrade.",
              "80"),
          optional(VERSION, "API version", "Version of the Graph API.", DEFAULT_VERSION),
          new Field(
              BASE_URL,
              "API address",
              "Where the Graph API is.",
              Kind.ADDRESS,
              false,
              DEFAULT_BASE_URL),
          optional(
              APP_SECRET_PROOF,
              "Send appsecret_proof",
              "true when the app requires a proof of its secret with each call.",
              "false"),
          optional(
              TIMEOUT_SECONDS, "Time limit", "Seconds to wait for the answer to a call.", "30"),
          optional(
              OptOutWords.SETTING,
              "More stop words",
              "Words besides STOP that unsubscribe their sender, separated by commas.",
              null),
          optional(
              ALLOW_HTTP,
              "Allow plain HTTP",
              "true to let the API address be http on another machine: only for tests.",
              "false"));

  /** What is wrong with a connection; empty when nothing is. */
  static List<Problem> check(Connection connection) {
    List<Problem> problems = new ArrayList<>();
    for (Field field : FIELDS) {
      if (field.required() && value(connection, field).isEmpty()) {
        problems.add(new Problem(field.name(), field.label() + " is missing. " + field.help()));
      }
    }
    checkBaseUrl(connection, problems);
    for (String name : List.of(VERSION, PHONE_NUMBER_ID, BUSINESS_ACCOUNT_ID)) {
      if (text(connection, name).filter(t -> !PATH_PART.matcher(t).matches()).isPresent()) {
        problems.add(new Problem(name, "Only letters, digits, dots and dashes can be in it."));
      }
    }
    for (String name : List.of(ACCESS_TOKEN, APP_SECRET)) {
      if (secret(connection, name).filter(t -> !TOKEN.matcher(t).matches()).isPresent()) {
        problems.add(
            new Problem(name, "It has characters that no such secret has. Copy it once more."));
      }
    }
    text(connection, OptOutWords.SETTING)
        .flatMap(OptOutWords::unusable)
        .ifPresent(
            word ->
                problems.add(
                    new Problem(
                        OptOutWords.SETTING, "A stop word needs letters or digits: " + word)));
    checkNumber(connection, MESSAGES_PER_SECOND, 0.01, 100_000, problems);
    checkNumber(connection, TIMEOUT_SECONDS, 1, 300, problems);
    checkFlag(connection, APP_SECRET_PROOF, problems);
    checkFlag(connection, ALLOW_HTTP, problems);
    return problems;
  }

  /**
   * Reads a connection.
   *
   * @throws IllegalArgumentException when {@link #check} finds a problem
   */
  static CloudSettings of(Connection connection) {
    List<Problem> problems = check(connection);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "connection " + connection.id() + ": " + problems.getFirst().words());
    }
    return new CloudSettings(
        text(connection, BASE_URL).orElse(DEFAULT_BASE_URL).replaceAll("/+$", ""),
        text(connection, VERSION).orElse(DEFAULT_VERSION),
        text(connection, PHONE_NUMBER_ID).orElseThrow(),
        text(connection, BUSINESS_ACCOUNT_ID).orElse(""),
        flag(connection, APP_SECRET_PROOF),
        Duration.ofMillis(
            (long) (1000 * number(connection, TIMEOUT_SECONDS).orElse(DEFAULT_TIMEOUT_SECONDS))),
        secret(connection, ACCESS_TOKEN).orElseThrow(),
        secret(connection, APP_SECRET).orElseThrow());
  }

  static double messagesPerSecond(Connection connection) {
    return number(connection, MESSAGES_PER_SECOND)
        .filter(rate -> rate > 0)
        .orElse(DEFAULT_MESSAGES_PER_SECOND);
  }

  static Optional<String> appSecret(Connection connection) {
    return secret(connection, APP_SECRET);
  }

  static Optional<String> verifyToken(Connection connection) {
    return secret(connection, VERIFY_TOKEN);
  }

  /** The provider's id of the number that the connection sends from; empty when it is not set. */
  static String phoneNumberId(Connection connection) {
    return text(connection, PHONE_NUMBER_ID).orElse("");
  }

  /** The address of something that the API knows by its id. */
  URI uri(String idAndRest) {
    String address = baseUrl + "/" + version + "/" + idAndRest;
    if (appSecretProof) {
      address +=
          (address.contains("?") ? "&" : "?")
              + "appsecret_proof="
              + Signature.appSecretProof(accessToken, appSecret);
    }
    return URI.create(address);
  }

  private static void checkBaseUrl(Connection connection, List<Problem> problems) {
    String address = text(connection, BASE_URL).orElse(DEFAULT_BASE_URL);
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(BASE_URL, "This is not an address such as " + DEFAULT_BASE_URL));
      return;
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      problems.add(new Problem(BASE_URL, "This is not an address such as " + DEFAULT_BASE_URL));
    } else if (scheme.equalsIgnoreCase("http")) {
      if (!LOOPBACK.matcher(uri.getHost()).matches() && !flag(connection, ALLOW_HTTP)) {
        problems.add(
            new Problem(BASE_URL, "It must start with https unless it is on this machine."));
      }
    } else if (!scheme.equalsIgnoreCase("https")) {
      problems.add(new Problem(BASE_URL, "It must start with https."));
    }
  }

  private static void checkNumber(
      Connection connection, String name, double least, double most, List<Problem> problems) {
    Optional<Double> number = number(connection, name);
    boolean given = text(connection, name).isPresent();
    if (given && number.filter(value -> value >= least && value <= most).isEmpty()) {
      problems.add(
          new Problem(
              name, "It must be a number from %s to %s.".formatted(plain(least), plain(most))));
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static void checkFlag(Connection connection, String name, List<Problem> problems) {
    if (text(connection, name).filter(text -> !FLAG.matcher(text).matches()).isPresent()) {
      problems.add(new Problem(name, "It must be true or false."));
    }
  }

  private static Optional<String> value(Connection connection, Field field) {
    return field.secret() ? secret(connection, field.name()) : text(connection, field.name());
  }

  private static Optional<String> text(Connection connection, String name) {
    return connection.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static Optional<String> secret(Connection connection, String name) {
    return connection.secret(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static boolean flag(Connection connection, String name) {
    return text(connection, name).filter("true"::equalsIgnoreCase).isPresent();
  }

  private static Optional<Double> number(Connection connection, String name) {
    try {
      return text(connection, name).map(Double::valueOf).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Field required(String name, String label, String help) {
    return new Field(name, label, help, Kind.SETTING, true, null);
  }

  private static Field optional(String name, String label, String help, @Nullable String initial) {
    return new Field(name, label, help, Kind.SETTING, false, initial);
  }

  private static Field secret(String name, String label, String help) {
    return new Field(name, label, help, Kind.SECRET, true, null);
  }

  @Override
  public String toString() {
    return "CloudSettings[" + phoneNumberId + "]";
  }
}
