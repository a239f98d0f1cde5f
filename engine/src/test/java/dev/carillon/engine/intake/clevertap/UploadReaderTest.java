package dev.carillon.engine.intake.clevertap;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class UploadReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String EVENT =
      "{\"type\":\"event\",\"identity\":\"u1\",\"ts\":1763629200,\"evtName\":\"Charged\",\"evtData\":{\"Amount\":5.5}}";

  private final UploadReader reader = new UploadReader(Sender.TRUSTED);

  @Test
  void readsEventsAndProfilesAndKeepsTheirPropertiesAsSent() throws Exception {
    Upload upload =
        read(
            "{\"d\":["
                + EVENT
                + ",{\"type\":\"profile\",\"identity\":\"ü2\",\"profileData\":{ \"Name\" :"
                + " \"Zoë\",\"MSG-whatsapp\":true}}]}");

    assertThat(upload.refused()).isEmpty();
    assertThat(upload.processed()).isEqualTo(2);
    UserEvent event = ((Entry.OfEvent) upload.entries().get(0)).event();
    assertThat(event.identity()).isEqualTo(Identity.user("u1"));
    assertThat(event.name()).isEqualTo("Charged");
    assertThat(event.properties()).isEqualTo("{\"Amount\":5.5}");
    assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1763629200));
    var profile = ((Entry.OfProfile) upload.entries().get(1)).change();
    assertThat(profile.identity()).isEqualTo(Identity.user("ü2"));
    assertThat(profile.properties()).isEqualTo("{ \"Name\" : \"Zoë\",\"MSG-whatsapp\":true}");
    assertThat(profile.at()).isEqualTo(NOW);
  }

  @Test
  void theSameRequestAgainBringsTheSameEventIdsWhileEqualRecordsInOneStayApart() throws Exception {
    String body = "{\"d\":[" + EVENT + "," + EVENT + "," + EVENT + "]}";

    List<Long> first = ids(read(body));
    List<Long> again = ids(read(body));

    assertThat(first).doesNotHaveDuplicates().hasSize(3).isEqualTo(again);
    assertThat(ids(read("{\"d\":[" + EVENT + "]}"))).containsExactly(first.getFirst());
  }

  @Test
  void eventsWithoutTimeAreEachTheirOwn() throws Exception {
    String body = "{\"d\":[{\"type\":\"event\",\"identity\":\"u1\",\"evtName\":\"Seen\"}]}";

    assertThat(ids(read(body))).isNotEqualTo(ids(read(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "509|{\"type\":\"event\",\"identity\":\"u\"}",
        "509|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":7}",
        "512|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"evtData\":[1]}",
        "512|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"extra\":{\"deep\":[1,2]}}",
        "513|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"Notification Sent\"}",
        "523|{\"type\":\"event\",\"evtName\":\"a\"}",
        "523|{\"type\":\"event\",\"identity\":{\"x\":1},\"evtName\":\"a\"}",
        "523|{\"type\":\"event\",\"identity\":\" \",\"evtName\":\"a\"}",
        "524|{\"type\":\"order\",\"identity\":\"u\"}",
        "524|{\"identity\":\"u\"}",
        "524|17",
        "525|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"ts\":-1}",
        "525|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"ts\":\"yesterday\"}",
        "525|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"ts\":1763629200000}",
        "525|{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"ts\":99999999999999999999}",
        "555|{\"type\":\"profile\",\"identity\":\"u\"}",
      })
  void refusesARecordWithItsCodeAndTakesTheOthers(int code, String record) throws Exception {
    Upload upload = read("{\"d\":[" + EVENT + "," + record + "," + EVENT + "]}");

    assertThat(upload.processed()).isEqualTo(2);
    assertThat(upload.refused()).hasSize(1);
    Upload.Refused refused = upload.refused().getFirst();
    assertThat(refused.index()).isEqualTo(1);
    assertThat(refused.error().code()).isEqualTo(code);
    assertThat(refused.record()).isEqualTo(record);
  }

  @Test
  void takesWhatIsJustWithinTheLimitsAndRefusesWhatIsBeyond() throws Exception {
    within("{\"p\":\"" + "x".repeat(8_192) + "\"}");
    beyond(512, "{\"p\":\"" + "x".repeat(8_193) + "\"}");
    within("{\"p\":[{\"q\":\"" + "\\u0939".repeat(8_192) + "\"}]}");
    beyond(512, "{\"p\":[{\"q\":\"" + "x".repeat(8_193) + "\"}]}");
    within("{\"p\":[" + "1,".repeat(999) + "1]}");
    beyond(541, "{\"p\":[" + "1,".repeat(1_000) + "1]}");
    beyond(541, "{\"p\":{\"q\":[" + "1,".repeat(1_000) + "1]}}");
    within("{\"p\":[" + ("\"" + "x".repeat(8_000) + "\",").repeat(8) + "1]}");
    beyond(541, "{\"p\":[" + ("\"" + "x".repeat(8_000) + "\",").repeat(9) + "1]}");
    within("{\"p\":" + "[".repeat(28) + "]".repeat(28) + "}");
    beyond(512, "{\"p\":" + "[".repeat(29) + "]".repeat(29) + "}");
    within("{\"p\":" + "9".repeat(64) + "}");
    beyond(512, "{\"p\":" + "9".repeat(65) + "}");
    within("{\"p\":1.7e308}");
    beyond(512, "{\"p\":1.8e308}");
    beyond(512, "{\"p\":[1E999999999]}");
    within("{\"" + "n".repeat(120) + "\":1}");
    beyond(512, "{\"" + "n".repeat(121) + "\":1}");
    within("{" + properties(15) + "}");
    beyond(540, "{" + properties(17) + "}");
    within("{\"p\":\"\\ud83d\\udd14\"}");
    beyond(542, "{\"p\":\"\\ud83d\"}");
    beyond(542, "{\"p\":[{\"q\":\"x\\udd14\"}]}");
  }

  /** Properties that take 8 KiB each. */
  private static String properties(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"p" + i + "\":\"" + "x".repeat(8_180) + "\"")
        .collect(Collectors.joining(","));
  }

  private void within(String properties) throws Exception {
    assertThat(read(events(properties)).refused()).isEmpty();
  }

  private void beyond(int code, String properties) throws Exception {
    Upload upload = read(events(properties));
    assertThat(upload.processed()).isEqualTo(2);
    assertThat(upload.refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.error().code()).isEqualTo(code));
  }

  private static String events(String properties) {
    return "{\"d\":["
        + EVENT
        + ",{\"type\":\"event\",\"identity\":\"u\",\"evtName\":\"a\",\"evtData\":"
        + properties
        + "},"
        + EVENT
        + "]}";
  }

  @Test
  void aMillionMembersAreRefusedAndNotGivenBack() throws Exception {
    String members =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"m" + i + "\":" + i % 10)
            .collect(Collectors.joining(","));

    beyond(522, "{" + members + "}");

    String record = read(events("{" + members + "}")).refused().getFirst().record();
    assertThat(record).hasSizeLessThan(1_000).contains("\"$beginning\"", "\"$bytes\"");
  }

  @Test
  void whatIsGivenBackIsValidAndSmallWhateverWasRefused() throws Exception {
    String refused =
        "{\"type\":\"event\",\"identity\":\"ü\",\"extra\":\"" + "\u00e9".repeat(2_000) + "\"}";
    Upload upload = read("{\"d\":[" + (refused + ",").repeat(999) + refused + "]}");

    assertThat(upload.refused()).hasSize(1_000);
    assertThat(upload.refused().getFirst().record()).isEqualTo(refused);
    assertThat(upload.refused().stream().mapToInt(one -> one.record().length()).sum())
        .isLessThan(2 << 20);
    assertThat(upload.refused())
        .allSatisfy(
            one -> assertThat(JsonMapper.shared().readTree(one.record()).isObject()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void aBodyInAnotherEncodingIsRefused(String encoding) {
    byte[] body = ("{\"d\":[" + EVENT + "]}").getBytes(Charset.forName(encoding));

    assertThatThrownBy(() -> reader.read(body, NOW))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    Upload upload = read("\ufeff{\"d\":[" + EVENT + ",7]}");

    assertThat(((Entry.OfEvent) upload.entries().getFirst()).event().properties())
        .isEqualTo("{\"Amount\":5.5}");
    assertThat(upload.refused().getFirst().record()).isEqualTo("7");
  }

  @Test
  void refusesARecordWithTooManyProperties() throws Exception {
    String properties =
        IntStream.range(0, 257).mapToObj(i -> "\"p" + i + "\":1").collect(Collectors.joining(","));

    Upload upload =
        read(
            "{\"d\":[{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{"
                + properties
                + "}}]}");

    assertThat(upload.refused().getFirst().error().code()).isEqualTo(522);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"d\":{}}",
        "{\"d\":[}",
        "{\"d\":[]}x",
        "{\"d\":[],\"e\":1}",
        "nul"
      })
  void refusesAMalformedBodyAsAWhole(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void namesTheLimitsOfABody() {
    List<String> beyond =
        List.of(
            "[".repeat(1_000),
            "{\"identity\":\"" + "x".repeat(1 << 21) + "\"}",
            "{\"" + "n".repeat(60_000) + "\":1}",
            "{\"ts\":" + "9".repeat(2_000) + "}");
    for (String record : beyond) {
      assertThatThrownBy(() -> read("{\"d\":[" + record + "]}"))
          .isInstanceOf(MalformedBodyException.class)
          .hasMessageStartingWith(
              "The body is beyond the limits: it nests at most 1,000 levels, and a text in it has"
                  + " at most 1,048,576 characters, a name 50,000, a number 1,000");
    }
  }

  @Test
  void takesAThousandRecordsAndNotOneMore() throws Exception {
    String thousand = (EVENT + ",").repeat(999) + EVENT;

    assertThat(read("{\"d\":[" + thousand + "]}").processed()).isEqualTo(1000);
    assertThatThrownBy(() -> read("{\"d\":[" + thousand + "," + EVENT + "]}"))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("1,000");
  }

  @Test
  void anyBytesAreEitherUnderstoodOrRefused() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = ("{\"d\":[" + EVENT + "," + EVENT + "]}").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      try {
        Upload upload = reader.read(body, NOW);
        assertThat(upload.entries()).hasSize(upload.processed());
      } catch (MalformedBodyException refused) {
        assertThat(refused).hasMessageNotContaining("Exception");
      } catch (RuntimeException broken) {
        throw new AssertionError("seed " + seed + ", round " + round, broken);
      }
    }
  }

  private Upload read(String body) throws MalformedBodyException {
    return reader.read(body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private static List<Long> ids(Upload upload) {
    return upload.entries().stream().map(e -> ((Entry.OfEvent) e).event().eventId()).toList();
  }
}
