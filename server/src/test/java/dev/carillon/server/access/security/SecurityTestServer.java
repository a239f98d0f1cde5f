package dev.carillon.server.access.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.Caller;
import dev.carillon.server.access.key.ApiKeys;
import dev.carillon.server.access.login.LoginQueue;
import dev.carillon.server.access.login.LoginThrottle;
import dev.carillon.server.access.login.Logins;
import dev.carillon.server.access.login.SettableClock;
import dev.carillon.server.ingest.BodyBudget;
import dev.carillon.server.integration.harness.Await;
import dev.carillon.server.integration.harness.FormBrowser;
import dev.carillon.server.settings.CarillonSettings;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A server on a free port with the security rules of the real one and hardly anything behind them.
 */
final class SecurityTestServer implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final ConfigurableApplicationContext context;
  private final HttpClient plain = HttpClient.newHttpClient();

  private SecurityTestServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static SecurityTestServer start(Path folder) {
    return new SecurityTestServer(
        new SpringApplicationBuilder(Application.class)
            .properties(
                Map.of(
                    "test.folder", folder.toString(),
                    "spring.main.banner-mode", "off",
                    "management.endpoints.web.exposure.include", "*",
                    "management.endpoint.health.validate-group-membership", "false"))
            // The defaults of the program would win over a property that is set as these are.
            .run("--server.port=0"));
  }

  ApiKeys keys() {
    return context.getBean(ApiKeys.class);
  }

  Logins logins() {
    return context.getBean(Logins.class);
  }

  SettableClock clock() {
    return context.getBean(SettableClock.class);
  }

  /** Lets time pass, also for those who wait for their turn to sign in. */
  void pass(Duration duration) {
    clock().pass(duration);
    context.getBean(LoginQueue.class).settle();
  }

  /** Takes all tokens that the address of all browsers has, as tries to sign in would. */
  void takeTokens() {
    LoginThrottle throttle = context.getBean(LoginThrottle.class);
    LoginThrottle.Try any = new LoginThrottle.Try("nobody", "127.0.0.1");
    while (throttle.wait(any).isZero()) {
      throttle.take(any);
    }
  }

  /** Waits until so many wait for their turn to sign in. */
  void awaitWaiting(int tries) {
    LoginQueue queue = context.getBean(LoginQueue.class);
    Await.until("tries wait", Duration.ofSeconds(60), () -> queue.size() >= tries);
  }

  /** Waits until the audit log has this so many times: it is written after the answer. */
  void awaitAudit(Actor who, String action, int times) {
    MetadataStore store = context.getBean(MetadataStore.class);
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    long found;
    do {
      found =
          store.auditLog(1_000).stream()
              .filter(entry -> entry.who().equals(who) && entry.action().equals(action))
              .count();
    } while (found < times && System.nanoTime() < deadline);
    assertThat(found).as("%s of %s in the audit log", action, who).isGreaterThanOrEqualTo(times);
  }

  /** To what an action was done, by the audit log. */
  List<String> audited(String action) {
    return context.getBean(MetadataStore.class).auditLog(1_000).stream()
        .filter(entry -> entry.action().equals(action))
        .map(AuditEntry::subject)
        .toList();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address() + path));
  }

  private URI address() {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return plain.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> call(String method, String path, String key)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .method(method, BodyPublishers.noBody())
            .header("Authorization", "Bearer " + key));
  }

  FormBrowser browser() {
    return new FormBrowser(address());
  }

  @Override
  public void close() {
    context.close();
    plain.close();
  }

  // the whole server looks for its parts on the class path of the tests too
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("test.folder")
  @EnableAutoConfiguration
  @Import({AccessConfiguration.class, Places.class})
  static class Application {
    @Bean
    InstantSource clock() {
      return new SettableClock();
    }

    @Bean
    CarillonSettings settings(
        @org.springframework.beans.factory.annotation.Value("${test.folder}") Path folder) {
      return new CarillonSettings(
          folder, null, ZoneId.of("UTC"), "USD", null, PASSWORD, null, 1_000, 0, 10, false, 1);
    }

    @Bean
    BodyBudget bodies() {
      return new BodyBudget(64 << 20);
    }

    @Bean
    MetadataStore store(CarillonSettings settings) {
      return SqliteMetadataStore.open(settings.data().resolve("metadata.db"));
    }
  }

  @RestController
  @ConditionalOnProperty("test.folder")
  static class Places {
    @GetMapping("/api/v1/campaigns")
    String campaigns(Principal caller) {
      return caller.getName();
    }

    @PostMapping("/api/v1/campaigns")
    ResponseEntity<String> create() {
      return ResponseEntity.created(URI.create("/api/v1/campaigns/9")).body("made");
    }

    @PostMapping("/api/v1/campaigns/9/launch")
    String launch() {
      return Caller.current().orElseThrow().name();
    }

    @DeleteMapping("/api/v1/campaigns/9")
    String delete() {
      return "deleted";
    }

    @PostMapping("/api/v1/verify")
    String verify() {
      return Caller.current().orElseThrow().name();
    }

    @PostMapping({"/1/upload", "/v1/batch", "/hooks/7", "/l/token"})
    String lean() {
      return "taken";
    }

    @GetMapping({"/", "/campaigns", "/settings/users"})
    String page(Principal caller, org.springframework.security.web.csrf.CsrfToken csrf) {
      return caller.getName() + " name=\"_csrf\" value=\"" + csrf.getToken() + "\"";
    }

    @PostMapping({"/campaigns/9/stop", "/connections/3"})
    String change() {
      return "changed";
    }
  }
}
