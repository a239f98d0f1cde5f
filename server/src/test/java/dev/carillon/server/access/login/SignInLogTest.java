package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.AuditEntry;
import dev.carillon.engine.port.store.MetadataStore;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.storage.sql.SqliteMetadataStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries to sign in are recorded, never with what should not be, and cannot fill the log. */
class SignInLogTest {
  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private MetadataStore store;
  private SignInLog log;

  @BeforeEach
  void open() {
    store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
    store.putLogin("meera", "hash", "admin", clock.instant());
    log = new SignInLog(new AuditLog(store, clock), Logins.of(store, clock), clock);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> lines() {
    return store.auditLog(1_000).reversed().stream()
        .map(entry -> entry.action() + " " + entry.subject() + " " + entry.detail())
        .toList();
  }

  @Test
  void throttledTriesAreOneLineAnHourForANameAndAddress() {
    for (int i = 0; i < 100; i++) {
      log.throttled("meera", "1.2.3.4");
    }
    log.throttled("meera", "5.6.7.8");

    assertThat(lines())
        .containsExactly(
            "login.throttled meera from 1.2.3.4", "login.throttled meera from 5.6.7.8");
    assertThat(store.auditLog(1)).extracting(AuditEntry::who).containsExactly(Actor.ANONYMOUS);

    clock.pass(Duration.ofHours(1));
    log.throttled("meera", "1.2.3.4");
    assertThat(lines())
        .endsWith(
            "login.unrecorded  99 more tries in the hour before 2026-11-20T11:15:30Z",
            "login.throttled meera from 1.2.3.4");
  }

  @Test
  void onlyNamesOfLoginsAreRecorded() {
    log.failed("correct horse battery", "1.2.3.4");
    log.throttled("correct horse battery", "1.2.3.4");
    log.failed("meera", "1.2.3.4");

    assertThat(lines())
        .containsExactly(
            "login.failed unknown from 1.2.3.4",
            "login.throttled unknown from 1.2.3.4",
            "login.failed meera from 1.2.3.4");
  }

  @Test
  void anHourHasABoundedNumberOfLines() {
    for (int i = 0; i < 100; i++) {
      log.failed("meera", "1.2.3.4");
    }
    assertThat(lines()).hasSize(20);
    for (int i = 0; i < 2_000; i++) {
      log.failed("name-" + i, "10.0." + i / 256 + "." + i % 256);
    }
    assertThat(lines()).hasSize(500);
  }
}
