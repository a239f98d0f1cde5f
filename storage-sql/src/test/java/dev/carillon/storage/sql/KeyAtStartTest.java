package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.access.ApiKey;
import dev.carillon.engine.port.access.AuditEntry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file from before the key of the start command had its present name. */
class KeyAtStartTest {
  private static final String NAME = "API key from the start command";

  @Test
  void theKeyAndWhatItMadeGetTheNewName(@TempDir Path folder) throws Exception {
    Path path =
        OlderMetadata.write(
            folder,
            "7",
            """
            insert into api_key (name, key_hash, shown_prefix, scopes, created_at)
              values ('given at start', 'h1', 'k', 'admin', 1), ('uploads', 'h2', 'k', 'admin', 1);
            insert into campaign
                (id, version, name_folded, channel, status, created_at, created_by, definition)
              values (1, 1, 'a', 'whatsapp', 'draft', 1, 'given at start',
                '{"name":"a","channel":"whatsapp"}');
            insert into audit (at, who, action, subject)
              values (1, 'given at start', 'campaign.create', '1'),
                     (2, 'server', 'key.create', 'given at start'),
                     (3, 'meera', 'key.create', 'uploads')
            """);

    try (SqliteMetadataStore store = SqliteMetadataStore.open(path)) {
      assertThat(store.apiKeys()).extracting(ApiKey::name).containsExactly(NAME, "uploads");
      assertThat(store.campaign(1).orElseThrow().createdBy()).isEqualTo(NAME);
      assertThat(store.auditLog(10))
          .extracting(entry -> entry.who().name())
          .containsExactly("meera", "server", NAME);
      assertThat(store.auditLog(10))
          .extracting(AuditEntry::subject)
          .containsExactly("uploads", NAME, "1");
    }
  }
}
