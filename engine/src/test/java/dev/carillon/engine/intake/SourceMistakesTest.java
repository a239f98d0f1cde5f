package dev.carillon.engine.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.intake.clevertap.UploadReader;
import dev.carillon.engine.intake.segment.SegmentReader;
import dev.carillon.engine.port.facts.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sources send by mistake: placeholders for ids, names twice, clocks that are wrong. */
class SourceMistakesTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final List<String> JUNK =
      List.of(
          "null",
          "undefined",
          "None",
          "NULL",
          "0",
          "[object Object]",
          "NaN",
          "guest",
          "nil",
          "\"null\"",
          "(none)",
          "anonymous",
          "00000000-0000-0000-0000-000000000000");

  private final UploadReader uploads = new UploadReader(Sender.TRUSTED);
  private final SegmentReader messages = new SegmentReader(Sender.TRUSTED);

  private Upload upload(String records) throws MalformedBodyException {
    return uploads.read(("{\"d\":[" + records + "]}").getBytes(UTF_8), NOW);
  }

  private Upload batch(String body) throws MalformedBodyException {
    return messages.read(null, body.getBytes(UTF_8), NOW);
  }

  private static UserEvent event(Entry entry) {
    return ((Entry.OfEvent) entry).event();
  }

  private static ProfileChange change(Entry entry) {
    return ((Entry.OfProfile) entry).change();
  }

  @Test
  void aPlaceholderForAUserIsTheVisitorWhoIsNeverLinked() throws MalformedBodyException {
    for (String junk : JUNK) {
      String id = junk.replace("\"", "\\\"");
      Upload upload =
          batch(
              """
              {"batch":[
                {"type":"identify","userId":"%1$s","anonymousId":"v7","traits":{"seen":"x"}},
                {"type":"track","userId":"%1$s","anonymousId":"v8","event":"Looked"},
                {"type":"alias","previousId":"v9","userId":"%1$s"},
                {"type":"alias","previousId":"%1$s","userId":"ben"},
                {"type":"identify","userId":"ben","anonymousId":"%1$s","traits":{"a":1}},
                {"type":"track","userId":"%1$s","event":"Lost"},
                {"type":"page","anonymousId":"%1$s","name":"Lost"}]}\
              """
                  .formatted(id));
      assertThat(upload.entries()).as(junk).hasSize(3);
      assertThat(change(upload.entries().getFirst()).identity())
          .isEqualTo(Identity.anonymous("v7"));
      assertThat(event(upload.entries().get(1)).identity()).isEqualTo(Identity.anonymous("v8"));
      assertThat(change(upload.entries().getLast()).identity()).isEqualTo(Identity.user("ben"));
      assertThat(upload.refused()).extracting(Upload.Refused::index).containsExactly(5, 6);
      assertThat(upload.refused()).allSatisfy(r -> assertThat(r.error().code()).isEqualTo(523));
      assertThat(upload.placeholderIds()).isEqualTo(7);
    }
  }

  @Test
  void aNumberZeroIsAPlaceholderToo() throws MalformedBodyException {
    Upload upload =
        batch(
            "{\"batch\":[{\"type\":\"track\",\"userId\":0,\"anonymousId\":\"v\",\"event\":\"E\"}]}");
    assertThat(event(upload.entries().getFirst()).identity()).isEqualTo(Identity.anonymous("v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "10", "nullable", "Guestov", "ann", "None of us", "1", "-10"})
  void whatOnlyLooksLikeOneIsAnId(String id) throws MalformedBodyException {
    Upload upload =
        batch("{\"batch\":[{\"type\":\"track\",\"userId\":\"" + id + "\",\"event\":\"E\"}]}");
    assertThat(event(upload.entries().getFirst()).identity()).isEqualTo(Identity.user(id));
    assertThat(upload.placeholderIds()).isZero();
  }

  @Test
  void anUploadFallsBackToTheIdentitiesThatAreOnes() throws MalformedBodyException {
    Upload upload =
        upload(
            """
            {"type":"event","identity":"undefined","objectId":"device-7","evtName":"Looked"},
            {"type":"profile","identity":"null","FBID":"0","GPID":"g1","profileData":{"a":1}},
            {"type":"profile","identity":"null","profileData":{"a":1}}\
            """);
    assertThat(event(upload.entries().getFirst()).identity())
        .isEqualTo(new Identity(Identity.Kind.OBJECT, "device-7"));
    assertThat(change(upload.entries().get(1)).identity())
        .isEqualTo(new Identity(Identity.Kind.GOOGLE, "g1"));
    assertThat(upload.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.error().code()).isEqualTo(523);
              assertThat(refused.error().words()).contains("placeholder");
            });
    assertThat(upload.placeholderIds()).isEqualTo(4);
  }

  @Test
  void ofMembersWithOneNameTheLastCountsAtEveryDepth() throws MalformedBodyException {
    Upload upload =
        upload(
            """
            {"type":"event","identity":"eve","identity":"ann","evtName":"Charged","evtData":
              {"Amount":1,"b":{"c":[{"d":1,"d":2.50}],"c\\u0031":0},"\\u0041mount":1000}},
            {"type":"profile","identity":"ann","profileData":{"plan":"a","plan":null,"n":1}},
            {"type":"profile","identity":"ann","profileData":{"ok":1,"in":{"ok":1}}}\
            """);
    assertThat(upload.refused()).isEmpty();
    assertThat(event(upload.entries().getFirst()).identity()).isEqualTo(Identity.user("ann"));
    assertThat(event(upload.entries().getFirst()).properties())
        .isEqualTo("{\"Amount\":1000,\"b\":{\"c\":[{\"d\":2.50}],\"c1\":0}}");
    assertThat(change(upload.entries().get(1)).properties()).isEqualTo("{\"plan\":null,\"n\":1}");
    assertThat(change(upload.entries().get(2)).properties())
        .isEqualTo("{\"ok\":1,\"in\":{\"ok\":1}}");
    Upload segment =
        batch(
            """
            {"batch":[{"type":"track","userId":"ann","event":"E","properties":{"a":1,"a":2}}]}\
            """);
    assertThat(event(segment.entries().getFirst()).properties()).isEqualTo("{\"a\":2}");
  }

  @Test
  void ofTwoListsOfRecordsTheLastCounts() throws MalformedBodyException {
    String record = "{\"type\":\"profile\",\"identity\":\"%s\",\"profileData\":{}}";
    Upload upload =
        uploads.read(
            ("{\"d\":[" + record.formatted("ann") + "],\"d\":[" + record.formatted("ben") + "]}")
                .getBytes(UTF_8),
            NOW);
    assertThat(upload.processed()).isEqualTo(1);
    assertThat(change(upload.entries().getFirst()).identity()).isEqualTo(Identity.user("ben"));
  }

  @ParameterizedTest
  @CsvSource({
    // sent, happened, kept
    "2026-11-20T10:00:00Z, 2026-11-20T09:59:50Z, 2026-11-20T09:59:50Z",
    "2026-11-20T09:59:40Z, 2026-11-20T09:59:38Z, 2026-11-20T09:59:38Z",
    "2026-11-23T10:00:00Z, 2026-11-23T09:59:50Z, 2026-11-20T09:59:50Z",
    "2026-11-17T08:00:00Z, 2026-11-17T07:00:00.250Z, 2026-11-20T09:00:00.250Z",
    "2031-01-01T00:00:00Z, 2030-12-31T23:00:00Z, 2026-11-20T09:00:00Z",
    "1970-01-02T00:00:00Z, 1970-01-01T23:00:00Z, 2026-11-20T09:00:00Z",
    "2026-11-20T12:00:00.400Z, 2026-11-20T12:00:00.400Z, 2026-11-20T10:00:00Z",
    "2026-11-20T12:00:00Z, 2026-11-20T13:00:00Z, 2026-11-20T11:00:00Z",
    "soon, 2026-11-20T09:00:00Z, 2026-11-20T09:00:00Z",
  })
  void theTimeOfSendingPutsTheDevicesClockRight(String sent, String happened, Instant kept)
      throws MalformedBodyException {
    String message = "{\"type\":\"track\",\"userId\":\"u\",\"event\":\"E\",\"timestamp\":\"%s\"%s}";
    for (String body :
        List.of(
            "{\"sentAt\":\"" + sent + "\",\"batch\":[" + message.formatted(happened, "") + "]}",
            "{\"batch\":[" + message.formatted(happened, "") + "],\"sentAt\":\"" + sent + "\"}",
            "{\"batch\":[" + message.formatted(happened, ",\"sentAt\":\"" + sent + "\"") + "]}")) {
      Upload upload = batch(body);
      assertThat(event(upload.entries().getFirst()).at()).as(body).isEqualTo(kept);
    }
    String single = message.formatted(happened, ",\"sentAt\":\"" + sent + "\"");
    Upload upload = messages.read("track", single.getBytes(UTF_8), NOW);
    assertThat(event(upload.entries().getFirst()).at()).isEqualTo(kept);
  }

  @Test
  void aMessageOfAWrongClockThatIsSentAgainKeepsItsTime() throws MalformedBodyException {
    String body =
        """
        {"sentAt":"2026-11-23T10:00:0%d.%dZ","batch":[{"type":"identify","userId":"u",
          "messageId":"m","timestamp":"2026-11-23T09:59:50Z","traits":{"a":1}}]}\
        """;
    ProfileChange first = change(batch(body.formatted(0, 100)).entries().getFirst());
    ProfileChange again =
        change(
            messages
                .read(
                    null,
                    body.formatted(4, 250).getBytes(UTF_8),
                    NOW.plus(Duration.ofMillis(4_090)))
                .entries()
                .getFirst());
    assertThat(again.at()).isEqualTo(first.at());
    assertThat(again.place()).isEqualTo(first.place());
  }
}
