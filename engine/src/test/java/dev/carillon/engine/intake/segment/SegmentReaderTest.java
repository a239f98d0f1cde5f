package dev.carillon.engine.intake.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.intake.MalformedBodyException;
import dev.carillon.engine.intake.Sender;
import dev.carillon.engine.intake.Upload;
import dev.carillon.engine.port.facts.Entry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String BATCH =
      """
      {"writeKey":"k","sentAt":"2026-11-20T09:59:59.000Z","batch":[
        {"type":"identify","userId":"u1","anonymousId":"a1","traits":{"email":"a@b.de","plan":"Gold"},
         "timestamp":"2026-11-20T09:00:00.5+05:30"},
        {"type":"track","userId":"u1","event":"Charged","properties":{"Amount":5},"messageId":"m1"},
        {"type":"page","anonymousId":"a1","name":"Home","properties":{"path":"/"}},
        {"type":"alias","previousId":"a2","userId":"u1"},
        {"type":"track","event":"Nobody"},
        {"type":"group","userId":"u1","groupId":"g"}]}
      """;

  private final SegmentReader reader = new SegmentReader(Sender.TRUSTED);

  @Test
  void readsABatchMessageByMessage() throws Exception {
    Upload upload = read(null, BATCH);

    assertThat(upload.processed()).isEqualTo(5);
    assertThat(upload.refused()).singleElement().extracting(r -> r.error().code()).isEqualTo(523);
    assertThat(upload.entries())
        .satisfiesExactly(
            e -> {
              var change = ((Entry.OfProfile) e).change();
              assertThat(change.properties())
                  .isEqualTo("{\"email\":\"a@b.de\",\"Email\":\"a@b.de\",\"plan\":\"Gold\"}");
              assertThat(change.at()).isEqualTo("2026-11-20T03:30:00.500Z");
            },
            e -> assertThat(((Entry.OfLink) e).link().from()).isEqualTo(Identity.anonymous("a1")),
            e -> assertThat(((Entry.OfEvent) e).event().name()).isEqualTo("Charged"),
            e -> {
              var event = ((Entry.OfEvent) e).event();
              assertThat(event.name()).isEqualTo("Page Viewed");
              assertThat(event.identity()).isEqualTo(Identity.anonymous("a1"));
              assertThat(event.properties()).isEqualTo("{\"name\":\"Home\",\"path\":\"/\"}");
            },
            e -> assertThat(((Entry.OfLink) e).link().from()).isEqualTo(Identity.user("a2")),
            e -> assertThat(((Entry.OfLink) e).link().from()).isEqualTo(Identity.anonymous("a2")));
  }

  @Test
  void aMessageSentAgainIsTheSameEvent() throws Exception {
    String track = "{\"userId\":\"u\",\"event\":\"e\",\"messageId\":\"m\"}";

    assertThat(eventId(track)).isEqualTo(eventId(track));
    assertThat(eventId(track)).isNotEqualTo(eventId(track.replace("\"m\"", "\"n\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "track|{\"userId\":\"u\"}|509",
        "track|{\"event\":\"e\"}|523",
        "track|{\"userId\":\"u\",\"event\":\"e\",\"timestamp\":\"soon\"}|525",
        "track|{\"userId\":\"u\",\"event\":\"e\",\"properties\":[]}|512",
        "alias|{\"userId\":\"u\"}|523",
        "dance|{\"userId\":\"u\"}|524",
      })
  void refusesABadMessage(String type, String message, int code) throws Exception {
    assertThat(read(type, message).refused().getFirst().error().code()).isEqualTo(code);
  }

  @Test
  void theLimitsAreThoseOfUploads() throws Exception {
    for (String member : List.of("properties", "traits")) {
      String type = member.equals("traits") ? "identify" : "track";
      String message = "{\"userId\":\"u\",\"event\":\"e\",\"" + member + "\":{\"p\":%s}}";
      assertThat(code(type, message.formatted("\"" + "x".repeat(8_192) + "\""))).isZero();
      assertThat(code(type, message.formatted("\"" + "x".repeat(8_193) + "\""))).isEqualTo(512);
      assertThat(code(type, message.formatted("[\"" + "x".repeat(8_193) + "\"]"))).isEqualTo(512);
      assertThat(code(type, message.formatted("[" + "1,".repeat(1_000) + "1]"))).isEqualTo(541);
      assertThat(code(type, message.formatted("1e999"))).isEqualTo(512);
      assertThat(code(type, message.formatted("0.12345678901234567890123456789"))).isZero();
      assertThat(code(type, message.formatted("\"\\ud800\""))).isEqualTo(542);
      assertThat(
              code(
                  type, message.formatted("1},\"context\":{\"x\":\"" + "x".repeat(131_072) + "\"")))
          .isEqualTo(540);
    }
  }

  private int code(String type, String message) throws MalformedBodyException {
    List<Upload.Refused> refused = read(type, message).refused();
    return refused.isEmpty() ? 0 : refused.getFirst().error().code();
  }

  @Test
  void numbersAreKeptAsTheyCame() throws Exception {
    String track =
        "{\"userId\":\"u\",\"event\":\"e\",\"properties\":{\"n\":0.12345678901234567890123}}";

    assertThat(((Entry.OfEvent) read("track", track).entries().getFirst()).event())
        .extracting(UserEvent::properties)
        .isEqualTo("{\"n\":0.12345678901234567890123}");
  }

  @Test
  void aBodyInAnotherEncodingIsRefused() {
    for (Charset encoding :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_32BE)) {
      assertThatThrownBy(() -> reader.read(null, BATCH.getBytes(encoding), NOW))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessageContaining("UTF-8");
    }
  }

  @Test
  void refusesABodyThatIsNoBatch() {
    assertThatThrownBy(() -> read(null, "{\"batch\":5}"))
        .isInstanceOf(MalformedBodyException.class);
    assertThatThrownBy(() -> read(null, "[]")).isInstanceOf(MalformedBodyException.class);
    assertThatThrownBy(() -> read(null, "{")).isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void anyBytesAreEitherUnderstoodOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = BATCH.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 10_000; round++) {
      byte[] body = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        reader.read(null, body, NOW);
      } catch (MalformedBodyException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      } catch (RuntimeException broken) {
        throw new AssertionError("seed " + seed + ", round " + round, broken);
      }
    }
  }

  private long eventId(String track) throws MalformedBodyException {
    return ((Entry.OfEvent) read("track", track).entries().getFirst()).event().eventId();
  }

  private Upload read(@Nullable String type, String body) throws MalformedBodyException {
    return reader.read(type, body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
