package dev.carillon.engine.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.ProfileChange;
import dev.carillon.engine.intake.clevertap.UploadReader;
import dev.carillon.engine.intake.segment.SegmentReader;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.engine.profile.ProfileMerge;
import dev.carillon.engine.profile.StoredProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes of one property that carry the same second, from the body to the profile. */
class TiesTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final long SECOND = AT.getEpochSecond() - 60;
  private static final List<String> VALUES = List.of("1", "10", "9", "\"b\"", "\"a\"", "null");

  private final UploadReader uploads = new UploadReader(Sender.TRUSTED);
  private final SegmentReader messages = new SegmentReader(Sender.TRUSTED);
  private final ProfileMerge merge = new ProfileMerge(new PhoneNumbers(null));
  private StoredProfile profile = StoredProfile.seen(AT);
  private Instant now = AT;

  private List<ProfileChange> changes(Upload upload) {
    assertThat(upload.refused()).isEmpty();
    return upload.entries().stream().map(entry -> ((Entry.OfProfile) entry).change()).toList();
  }

  private List<ProfileChange> read(String body) throws MalformedBodyException {
    now = now.plusSeconds(1);
    return changes(uploads.read(body.getBytes(UTF_8), now));
  }

  private void upload(String body) throws MalformedBodyException {
    for (ProfileChange change : read(body)) {
      profile = merge.merge(profile, List.of(change));
    }
  }

  private void segment(String body) throws MalformedBodyException {
    now = now.plusSeconds(1);
    for (ProfileChange change : changes(messages.read(null, body.getBytes(UTF_8), now))) {
      profile = merge.merge(profile, List.of(change));
    }
  }

  /** A body with a record for each object of properties, all of one second. */
  private static String body(String... properties) {
    return List.of(properties).stream()
        .map(
            one ->
                "{\"type\":\"profile\",\"identity\":\"ann\",\"ts\":"
                    + SECOND
                    + ",\"profileData\":"
                    + one
                    + "}")
        .collect(Collectors.joining(",", "{\"d\":[", "]}"));
  }

  private String property(String name) {
    JsonNode value = JsonMapper.shared().readTree(profile.properties()).get(name);
    return value == null ? "" : value.toString();
  }

  @Test
  void withinABodyTheLaterRecordWins() throws MalformedBodyException {
    upload(body("{\"points\":9,\"plan\":\"silver\"}", "{\"points\":10,\"plan\":\"gold\"}"));
    assertThat(property("points")).isEqualTo("10");
    assertThat(property("plan")).isEqualTo("\"gold\"");
  }

  @Test
  void withinABodyWithoutTimesTheLaterRecordWins() throws MalformedBodyException {
    upload(body("{\"points\":9}", "{\"points\":10}").replace("\"ts\":" + SECOND + ",", ""));
    assertThat(property("points")).isEqualTo("10");
  }

  @Test
  void ofBodiesTheLaterToArriveWinsAndARepeatedOneChangesNothing() throws MalformedBodyException {
    String first = body("{\"plan\":\"silver\"}");
    String second = body("{\"plan\":\"gold\"}");
    upload(first);
    upload(second);
    assertThat(property("plan")).isEqualTo("\"gold\"");
    StoredProfile before = profile;
    upload(first);
    upload(second);
    upload(first);
    assertThat(profile.properties()).isEqualTo(before.properties());
    assertThat(profile.propertyTimes()).isEqualTo(before.propertyTimes());
  }

  @Test
  void aConsentThatTiesAcrossBodiesIsNo() throws MalformedBodyException {
    upload(body("{\"MSG-sms\":false,\"MSG-push\":true}"));
    upload(body("{\"MSG-sms\":true,\"MSG-push\":false}"));
    assertThat(profile.optOuts()).contains("sms");
    assertThat(profile.optOuts()).contains("push");
  }

  @Test
  void aConsentWithinABodyIsTheLaterRecords() throws MalformedBodyException {
    upload(body("{\"MSG-sms\":true,\"MSG-push\":false}", "{\"MSG-sms\":false,\"MSG-push\":true}"));
    assertThat(profile.optOuts()).contains("sms");
    assertThat(profile.optOuts()).doesNotContain("push");
  }

  @Test
  void operatorsOfABodyCountEachAndInTheirOrder() throws MalformedBodyException {
    String body =
        body(
            "{\"n\":{\"$incr\":7}}", "{\"n\":1}", "{\"n\":{\"$incr\":2}}", "{\"n\":{\"$incr\":2}}");
    upload(body);
    assertThat(property("n")).isEqualTo("5");
    upload(body("{\"n\":{\"$incr\":2}}"));
    assertThat(property("n")).isEqualTo("7");
    upload(body);
    assertThat(property("n")).isEqualTo("7");
    upload(body("{\"n\":0}"));
    upload(body);
    upload(body("{\"n\":{\"$incr\":2}}"));
    assertThat(property("n")).isEqualTo("0");
  }

  @Test
  void moreOperatorsOfOneSecondThanAreKeptCountEachOnce() throws MalformedBodyException {
    String[] counted = new String[400];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = "{\"n\":{\"$incr\":1}}";
    }
    upload(body(counted));
    assertThat(property("n")).isEqualTo("400");
    upload(body("{\"n\":{\"$incr\":5}}"));
    upload(body(counted));
    assertThat(property("n")).isEqualTo("405");
  }

  @Test
  void segmentsMessagesOfOneTimeAreOrderedByTheirPlaceAndSentAgainDoNothing()
      throws MalformedBodyException {
    String template =
        """
        {"sentAt":"%s","batch":[
          {"type":"identify","userId":"ann","messageId":"%s1","timestamp":"2026-11-20T09:00:00Z",
           "traits":{"plan":"silver","points":9}},
          {"type":"identify","userId":"ann","messageId":"%s2","timestamp":"2026-11-20T09:00:00Z",
           "traits":{"plan":"gold","points":%d}}]}\
        """;
    segment(template.formatted("2026-11-20T09:00:01Z", "a", "a", 10));
    assertThat(property("plan")).isEqualTo("\"gold\"");
    assertThat(property("points")).isEqualTo("10");
    segment(template.formatted("2026-11-20T09:00:02Z", "b", "b", 1));
    segment(template.formatted("2026-11-20T09:00:03Z", "a", "a", 10));
    assertThat(property("points")).isEqualTo("1");
  }

  /** In whatever order records become known, and with bodies sent again in between. */
  @Test
  void anyOrderWithRepetitionGivesWhatANaiveReadingGives() throws MalformedBodyException {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      List<List<ProfileChange>> bodies = new ArrayList<>();
      Map<String, String> expected = new TreeMap<>();
      Map<String, Boolean> anyNo = new TreeMap<>();
      for (int b = 0; b < 1 + random.nextInt(4); b++) {
        String[] records = new String[1 + random.nextInt(4)];
        Map<String, String> wishes = new TreeMap<>();
        for (int r = 0; r < records.length; r++) {
          String name = "p" + random.nextInt(2);
          String value = VALUES.get(random.nextInt(VALUES.size()));
          String wish = "MSG-" + (random.nextBoolean() ? "sms" : "push");
          String yes = String.valueOf(random.nextBoolean());
          records[r] =
              "{\"" + name + "\":" + value + ",\"" + wish + "\":" + yes + ",\"b\":" + b + "}";
          expected.put(name, value);
          wishes.put(wish, yes);
        }
        wishes.forEach((wish, yes) -> anyNo.merge(wish, yes.equals("false"), Boolean::logicalOr));
        expected.put("b", String.valueOf(b));
        bodies.add(read(body(records)));
      }
      List<ProfileChange> told = new ArrayList<>();
      bodies.forEach(told::addAll);
      int once = told.size();
      for (int i = 0; i < once; i++) {
        if (random.nextInt(3) == 0) {
          told.add(told.get(i));
        }
      }
      Collections.shuffle(told, random);
      profile = StoredProfile.seen(AT);
      told.forEach(change -> profile = merge.merge(profile, List.of(change)));
      List<ProfileChange> sentAgain = bodies.get(random.nextInt(bodies.size()));
      sentAgain.forEach(
          change ->
              profile =
                  merge.merge(
                      profile,
                      List.of(
                          new ProfileChange(
                              change.identity(),
                              change.userKey(),
                              change.properties(),
                              change.at(),
                              now.plusSeconds(9),
                              change.place(),
                              change.trusted()))));
      String words = "seed " + seed;
      expected.forEach(
          (name, value) ->
              assertThat(property(name)).as(words).isEqualTo(value.equals("null") ? "" : value));
      anyNo.forEach(
          (wish, no) -> assertThat(property(wish)).as(words).isEqualTo(String.valueOf(!no)));
      int cut = random.nextInt(told.size());
      assertThat(merge.merge(all(told.subList(0, cut)), all(told.subList(cut, told.size()))))
          .as(words)
          .isEqualTo(all(told));
    }
  }

  private StoredProfile all(List<ProfileChange> changes) {
    return merge.merge(StoredProfile.seen(AT), changes);
  }
}
