package dev.carillon.server.integration.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.store.FactStore;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A second request to count all numbers during a count is refused. */
@Timeout(120)
class VerifyAtOnceTest {
  private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

  @Test
  void oneOfTwoIsTurnedAwayAndTheOtherIsAnswered(@TempDir Path folder) {
    try (SimulatedWorld world =
        new SimulatedWorld(folder.resolve("data"), 5, WebhookChaos.none())) {
      world.create(
          """
          {'name':'Counted','channel':'whatsapp','when':{'type':'now'},
           'who':{'rule':{'everyone':true}},
           'what':{'template':{'name':'order_update','language':'en','parameters':['a','b']}}}""");
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      CompletableFuture<Void> holding =
          CompletableFuture.runAsync(
              () ->
                  world
                      .server
                      .context()
                      .getBean(FactStore.class)
                      .recount(
                          99,
                          ZoneOffset.UTC,
                          planned -> {
                            held.countDown();
                            await(release);
                          }),
              THREADS);
      await(held);
      try {
        CompletableFuture<HttpResponse<byte[]>> one = verify(world);
        CompletableFuture<HttpResponse<byte[]>> other = verify(world);
        // no count can be finished now
        JsonNode first = Api.tree(body(CompletableFuture.anyOf(one, other).join()));
        assertThat(first.get("code").stringValue()).isEqualTo("verifyRunning");
        assertThat(first.get("status").intValue()).isEqualTo(409);
        release.countDown();
        assertThat(List.of(one.join().statusCode(), other.join().statusCode()))
            .containsExactlyInAnyOrder(200, 409);
        HttpResponse<byte[]> counted = one.join().statusCode() == 200 ? one.join() : other.join();
        assertThat(new String(counted.body(), StandardCharsets.UTF_8).lines().toList())
            .hasSize(2)
            .last()
            .asString()
            .contains("\"campaigns\":1", "\"different\":0");
      } finally {
        release.countDown();
      }
      holding.join();
      assertThat(verify(world).join().statusCode()).as("afterwards").isEqualTo(200);
    }
  }

  private static CompletableFuture<HttpResponse<byte[]>> verify(SimulatedWorld world) {
    return CompletableFuture.supplyAsync(
        () -> world.api.answer("POST", "/api/v1/verify", null), THREADS);
  }

  private static byte[] body(Object answer) {
    return (byte[]) ((HttpResponse<?>) answer).body();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }
}
