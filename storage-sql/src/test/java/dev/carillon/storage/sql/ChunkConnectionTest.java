package dev.carillon.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.work.Chunk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with chunks from before they knew their connection. */
class ChunkConnectionTest {
  @Test
  void whatIsLeftToSendGoesThroughTheConnectionOfItsCampaign(@TempDir Path folder)
      throws Exception {
    Path path =
        OlderMetadata.write(
            folder,
            "16",
            """
            insert into campaign
                (id, version, name_folded, channel, status, created_at, created_by, definition)
              values
                (1, 1, 'a', 'whatsapp', 'running', 1, 'meera',
                  '{"name":"a","channel":"whatsapp","what":{"provider":"5","template":{}}}'),
                (2, 1, 'b', 'whatsapp', 'paused', 1, 'meera',
                  '{"name":"b","channel":"whatsapp","what":{"provider":"12","variants":[]}}');
            insert into run (campaign, number, due_at, planned_at, first_seq, planned)
              values (1, 1, 1, 1, 0, 20), (2, 1, 1, 1, 0, 10);
            insert into chunk (campaign, run, from_seq, to_seq, owner, free_at)
              values (1, 1, 0, 10, 'dead', 7000000), (1, 1, 10, 20, null, 3000000),
                     (2, 1, 0, 10, null, 2000000)
            """);
    Instant now = Instant.ofEpochSecond(8);
    Duration lease = Duration.ofSeconds(30);

    try (SqliteMetadataStore store = SqliteMetadataStore.open(path)) {
      assertThat(store.nextChunks(1)).isEqualTo(Map.of(5, Instant.ofEpochSecond(3)));
      assertThat(store.claimChunk(1, 5, "node", now, lease))
          .contains(new Chunk(1, 1, 5, 0, 10, "node"));
      assertThat(store.claimChunk(1, 5, "node", now, lease))
          .contains(new Chunk(1, 1, 5, 10, 20, "node"));
      assertThat(store.claimChunk(2, 12, "node", now, lease))
          .contains(new Chunk(2, 1, 12, 0, 10, "node"));
    }
  }
}
