package dev.carillon.channels.support.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.health.ProcessHealth;
import dev.carillon.testkit.provider.Reply;
import dev.carillon.testkit.provider.ScriptedServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHttpTest {
  private static final ProviderHttp.Limits LIMITS =
      new ProviderHttp.Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1000);

  /** Over plain HTTP the client asks for HTTP/2 by a header. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void http2IsAskedForWhereItIsDeclared(boolean http2) {
    try (ScriptedServer server = new ScriptedServer();
        ProviderHttp http = new ProviderHttp(LIMITS, http2, new ProcessHealth())) {
      server.then(Reply.Answer.of(200, "{}"));

      HttpOutcome outcome = http.call(HttpRequest.newBuilder(server.address()).build());

      assertThat(outcome).isInstanceOf(HttpOutcome.Answered.class);
      assertThat(server.requests().getFirst().headers().containsKey("http2-settings"))
          .isEqualTo(http2);
    }
  }
}
