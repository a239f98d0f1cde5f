package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.engine.port.access.Actor;
import dev.carillon.engine.port.access.Actor.Kind;
import dev.carillon.engine.port.access.AuditEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before the audit log distinguished kinds of actors. */
class AuditActorTest {

  @Test
  void onlyWhatCannotHaveBeenAnythingElseGetsAKind(@TempDir Path folder) throws Exception {
    Path path =
        OlderMetadata.write(
            folder,
            "8",
            """
            insert into login (name, password_hash, role, created_at)
              values ('meera', 'h', 'admin', 1);
            insert into audit (at, who, action, subject)
              values (1, 'server', 'user.put', 'anil'),
                     (2, 'meera', 'login', 'meera'),
                     (3, 'meera', 'campaign.stop', '7'),
                     (4, 'API key from the start command', 'campaign.stop', '7'),
                     (5, 'meera', 'login.failed', 'meera'),
                     (6, 'anil', 'login.failed', 'anil'),
                     (7, 'my secret password', 'login.failed', 'my secret password')
            """);

    try (SqliteMetadataStore store = SqliteMetadataStore.open(path)) {
      assertThat(store.auditLog(10).reversed())
          .extracting(AuditEntry::who, AuditEntry::subject)
          .containsExactly(
              tuple(new Actor(Kind.UNRECORDED, "server", null), "anil"),
              tuple(Actor.login("meera"), "meera"),
              tuple(new Actor(Kind.UNRECORDED, "meera", null), "7"),
              tuple(new Actor(Kind.API_KEY, "API key from the start command", null), "7"),
              tuple(Actor.ANONYMOUS, "meera"),
              tuple(Actor.ANONYMOUS, "anil"),
              tuple(Actor.ANONYMOUS, "unknown"));
    }
  }
}
