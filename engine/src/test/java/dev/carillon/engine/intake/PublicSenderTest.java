package dev.carillon.engine.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.intake.clevertap.UploadReader;
import dev.carillon.engine.intake.segment.SegmentReader;
import dev.carillon.engine.port.facts.Entry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keys of apps and pages may say, with and without identity tokens. */
class PublicSenderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  /** A token that proves a person is that person's name after a word. */
  private static final Sender STRICT =
      Sender.withTokens((token, identity, now) -> token.equals("signed " + identity));

  private static Upload upload(Sender sender, String records) throws MalformedBodyException {
    return new UploadReader(sender).read(("{\"d\":[" + records + "]}").getBytes(UTF_8), NOW);
  }

  private static Upload batch(Sender sender, String messages) throws MalformedBodyException {
    return new SegmentReader(sender)
        .read(null, ("{\"batch\":[" + messages + "]}").getBytes(UTF_8), NOW);
  }

  private static List<String> told(Upload upload) {
    return upload.entries().stream().map(PublicSenderTest::told).toList();
  }

  private static String told(Entry entry) {
    return switch (entry) {
      case Entry.OfProfile(var change) ->
          "profile " + change.identity().stored() + (change.trusted() ? " trusted" : "");
      case Entry.OfEvent(var event) ->
          "event " + event.identity().stored() + (event.trusted() ? " trusted" : "");
      case Entry.OfLink(var link) ->
          link.from().stored() + " is " + link.to().stored() + (link.trusted() ? " trusted" : "");
      default -> throw new AssertionError(entry);
    };
  }

  @Test
  void everythingSaysWhetherItsSourceIsTrusted() throws MalformedBodyException {
    String records =
        """
        {"type":"profile","identity":"ann","profileData":{"a":1}},
        {"type":"event","identity":"ann","evtName":"Looked"}\
        """;
    String messages =
        """
        {"type":"identify","userId":"ann","anonymousId":"v","traits":{"a":1}},
        {"type":"track","userId":"ann","anonymousId":"v","event":"Looked"},
        {"type":"alias","userId":"ann","previousId":"w"}\
        """;

    assertThat(told(upload(Sender.TRUSTED, records)))
        .containsExactly("profile u:ann trusted", "event u:ann trusted");
    assertThat(told(upload(Sender.PUBLIC, records)))
        .containsExactly("profile u:ann", "event u:ann");
    assertThat(told(batch(Sender.TRUSTED, messages)))
        .containsExactly(
            "profile u:ann trusted",
            "a:v is u:ann trusted",
            "event u:ann trusted",
            "u:w is u:ann trusted",
            "a:w is u:ann trusted");
    assertThat(told(batch(Sender.PUBLIC, messages)))
        .as("two persons are not made one")
        .containsExactly("profile u:ann", "a:v is u:ann", "event u:ann", "a:w is u:ann");
  }

  @Test
  void withoutItsTokenARecordIsTheVisitorsOrRefused() throws MalformedBodyException {
    Upload upload =
        upload(
            STRICT,
            """
            {"type":"event","identity":"ann","objectId":"d","evtName":"Looked"},
            {"type":"event","identity":"ann","evtName":"Looked"},
            {"type":"profile","identity":"ann","objectId":"d","identityToken":"signed bob",
             "profileData":{"a":1}},
            {"type":"profile","FBID":"ann","identityToken":"signed ann","profileData":{"a":1}},
            {"type":"event","objectId":"d","evtName":"Looked"},
            {"type":"event","identity":"ann","identityToken":"signed ann","evtName":"Looked"}\
            """);

    assertThat(told(upload))
        .containsExactly("event o:d", "profile o:d", "event o:d", "event u:ann");
    assertThat(upload.refused()).extracting(Upload.Refused::index).containsExactly(1, 3);
    assertThat(upload.refused()).allSatisfy(one -> assertThat(one.error().code()).isEqualTo(544));
    assertThat(upload.tokensMissing()).isEqualTo(4);
  }

  @Test
  void withoutItsTokenAMessageIsTheVisitorsOrRefused() throws MalformedBodyException {
    Upload upload =
        batch(
            STRICT,
            """
            {"type":"identify","userId":"ann","anonymousId":"v","traits":{"a":1}},
            {"type":"track","userId":"ann","anonymousId":"v","event":"Looked"},
            {"type":"alias","userId":"ann","previousId":"v"},
            {"type":"page","userId":"ann","name":"Home"},
            {"type":"identify","userId":"ann","anonymousId":"v","traits":{"a":1},
             "context":{"identityToken":"signed ann"}},
            {"type":"alias","userId":"ann","previousId":"w","identityToken":"signed ann"},
            {"type":"track","anonymousId":"v","event":"Looked"}\
            """);

    assertThat(told(upload))
        .containsExactly(
            "profile a:v",
            "event a:v",
            "profile u:ann",
            "a:v is u:ann",
            "a:w is u:ann",
            "event a:v");
    assertThat(upload.refused()).extracting(Upload.Refused::index).containsExactly(3);
    assertThat(upload.tokensMissing()).isEqualTo(4);
  }

  @Test
  void aTokenThatIsNotNeededIsPassedOver() throws MalformedBodyException {
    for (Sender sender : List.of(Sender.TRUSTED, Sender.PUBLIC)) {
      Upload upload =
          upload(
              sender,
              "{\"type\":\"event\",\"identity\":\"ann\",\"identityToken\":\"x\",\"evtName\":\"E\"}");
      assertThat(upload.refused()).isEmpty();
      assertThat(upload.tokensMissing()).isZero();
    }
  }

  @Test
  void onlyTheBusinesssOwnIdCanBeProven() {
    assertThat(
            Stream.of(Identity.Kind.values())
                .filter(kind -> STRICT.maySpeakFor(new Identity(kind, "ann"), "signed ann", NOW)))
        .containsExactly(Identity.Kind.USER, Identity.Kind.ANONYMOUS, Identity.Kind.OBJECT);
  }
}
