package dev.carillon.simulator.meta.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Makes the HTTP calls to subscribers: signed posts, and the handshake. Thread-safe. */
public final class WebhookPoster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String AGENT = "facebookexternalua";

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** Posts a signed body; whether it was answered with 200. */
  boolean post(Subscription subscription, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(subscription.callbackUrl())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", AGENT)
            .header("Accept", "*/*")
            .header("X-Hub-Signature-256", CallbackSignature.sha256(subscription.appSecret(), body))
            .header("X-Hub-Signature", CallbackSignature.sha1(subscription.appSecret(), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks a subscriber to prove itself; what is wrong with its answer, if anything. */
  Optional<String> handshake(URI callbackUrl, String verifyToken, String challenge) {
    String separator = callbackUrl.getRawQuery() == null ? "?" : "&";
    URI uri =
        URI.create(
            callbackUrl
                + separator
                + "hub.mode=subscribe&hub.challenge="
                + challenge
                + "&hub.verify_token="
                + URLEncoder.encode(verifyToken, StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("User-Agent", AGENT).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.of("the callback URL answered " + answer.statusCode());
      }
      return answer.body().equals(challenge)
          ? Optional.empty()
          : Optional.of("the callback URL did not answer with the challenge");
    } catch (IOException e) {
      return Optional.of("the callback URL could not be reached: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
