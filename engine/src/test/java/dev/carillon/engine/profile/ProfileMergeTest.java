package dev.carillon.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileMergeTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Identity ANN = Identity.user("ann");
  private static final String[] VALUES = {
    "1",
    "2.50",
    "\"text\"",
    "null",
    "[1,2]",
    "true",
    "{\"$incr\":2}",
    "{\"$decr\":0.5}",
    "{\"$add\":[2,3]}",
    "{\"$remove\":[1]}",
    "{\"$delete\":1}",
    "{\"a\":1,\"b\":2}"
  };

  private final ProfileMerge merge = new ProfileMerge(new PhoneNumbers(null));

  private static ProfileChange change(long second, String properties) {
    return new ProfileChange(ANN, ANN.key(), properties, AT.plusSeconds(second), AT);
  }

  private StoredProfile merged(List<ProfileChange> changes) {
    StoredProfile profile = StoredProfile.seen(AT);
    for (ProfileChange change : changes) {
      profile = merge.merge(profile, List.of(change));
    }
    return profile;
  }

  private String after(String... properties) {
    List<ProfileChange> changes = new ArrayList<>();
    for (int i = 0; i < properties.length; i++) {
      changes.add(change(i, properties[i]));
    }
    return merged(changes).properties();
  }

  @Test
  void theLatestByTimeWinsAndNullRemoves() {
    assertThat(after("{\"a\":1,\"b\":2}", "{\"a\":3}", "{\"b\":null}")).isEqualTo("{\"a\":3}");
    assertThat(merged(List.of(change(5, "{\"a\":null}"), change(1, "{\"a\":1}"))).properties())
        .isEqualTo("{}");
  }

  @Test
  void operatorsChangeWhatIsThere() {
    assertThat(after("{\"n\":1.5}", "{\"n\":{\"$incr\":2}}", "{\"n\":{\"$decr\":0.5}}"))
        .isEqualTo("{\"n\":3}");
    assertThat(after("{\"n\":{\"$incr\":100}}")).isEqualTo("{\"n\":100}");
    assertThat(after("{\"l\":[\"a\"]}", "{\"l\":{\"$add\":[\"a\",\"b\"]}}"))
        .isEqualTo("{\"l\":[\"a\",\"b\"]}");
    assertThat(after("{\"l\":[\"a\",\"b\"]}", "{\"l\":{\"$remove\":[\"a\"]}}"))
        .isEqualTo("{\"l\":[\"b\"]}");
    assertThat(after("{\"l\":\"a\"}", "{\"l\":{\"$add\":[\"b\"]}}"))
        .isEqualTo("{\"l\":[\"a\",\"b\"]}");
    assertThat(after("{\"x\":1}", "{\"x\":{\"$delete\":1}}")).isEqualTo("{}");
    assertThat(after("{\"t\":\"text\"}", "{\"t\":{\"$incr\":1}}")).isEqualTo("{\"t\":\"text\"}");
    assertThat(after("{\"n\":1E999999999}", "{\"n\":{\"$incr\":1}}", "{\"n\":{\"$incr\":1E99999}}"))
        .isEqualTo("{\"n\":1E+999999999}");
  }

  @Test
  void anyOrderAndRepetitionEndsInTheSameProfile() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<ProfileChange> changes = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        changes.add(
            change(
                random.nextInt(5),
                "{\"p" + random.nextInt(2) + "\":" + VALUES[random.nextInt(VALUES.length)] + "}"));
      }
      StoredProfile expected = merged(changes);
      List<ProfileChange> shuffled = new ArrayList<>(changes);
      shuffled.add(changes.get(random.nextInt(changes.size())));
      Collections.shuffle(shuffled, random);
      assertThat(merged(shuffled)).as("seed %s: %s", seed, changes).isEqualTo(expected);
      int cut = random.nextInt(shuffled.size());
      assertThat(
              merge.merge(
                  merged(shuffled.subList(0, cut)), merged(shuffled.subList(cut, shuffled.size()))))
          .as("seed %s: %s", seed, changes)
          .isEqualTo(expected);
    }
  }

  @Test
  void anOperatorThatComesAgainChangesNothingHoweverManyCameAfterIt() {
    for (long seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      List<ProfileChange> changes = new ArrayList<>();
      changes.add(change(0, "{\"n\":1000,\"l\":[0]}"));
      for (int i = 0; i < 90 + random.nextInt(200); i++) {
        // several at one time, as sources with whole seconds send them
        changes.add(
            change(
                1 + i / 3,
                "{\"n\":{\"$incr\":"
                    + (1 + i)
                    + "},\"l\":{\"$add\":[\""
                    + "x".repeat(random.nextInt(100))
                    + i
                    + "\"]}}"));
      }
      StoredProfile once = merged(changes);
      int sum = 1_000 + (changes.size() - 1) * changes.size() / 2;
      assertThat(once.properties()).as("seed %s", seed).contains("\"n\":" + sum + "}");
      StoredProfile again = once;
      for (int i = 0; i < 20; i++) {
        again = merge.merge(again, List.of(changes.get(random.nextInt(changes.size()))));
      }
      assertThat(again).as("seed %s", seed).isEqualTo(once);
      assertThat(merge.merge(once, changes)).as("seed %s", seed).isEqualTo(once);
      assertThat(merge.merge(StoredProfile.seen(AT), changes)).as("seed %s", seed).isEqualTo(once);
    }
  }

  @Test
  void withinTheLastHundredOperatorsAnyOrderWithRepetitionGivesTheSame() {
    for (long seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      List<ProfileChange> changes = new ArrayList<>();
      for (int i = 0; i < 260; i++) {
        changes.add(change(i, "{\"n\":{\"$incr\":" + (1 + random.nextInt(3)) + "}}"));
      }
      StoredProfile expected = merged(changes);
      List<ProfileChange> disordered = new ArrayList<>();
      for (int from = 0; from < changes.size(); from += 50) {
        List<ProfileChange> part =
            new ArrayList<>(changes.subList(from, Math.min(from + 50, changes.size())));
        part.addAll(List.copyOf(part.subList(0, 10)));
        if (from > 0) {
          part.add(changes.get(random.nextInt(from)));
        }
        Collections.shuffle(part, random);
        disordered.addAll(part);
      }
      assertThat(merged(disordered)).as("seed %s", seed).isEqualTo(expected);
    }
  }

  /** Earlier versions kept the time of the last folded operator as that of the value. */
  @Test
  void profilesOfEarlierVersionsAreReadAndTheirFoldedOperatorsDoNotCountAgain() {
    long at = Duration.between(Instant.EPOCH, AT).toNanos() / 1_000;
    StringBuilder operators = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      operators.append(i == 1 ? "" : ",").append("[").append(at + i * 1_000_000L);
      operators.append(",\"$incr\",1]");
    }
    StoredProfile earlier =
        new StoredProfile(
            "{\"n\":101,\"plain\":\"p\"}",
            "{\"n\":{\"t\":" + at + ",\"v\":1,\"o\":[" + operators + "]},\"plain\":" + at + "}",
            null,
            "",
            AT,
            AT);

    assertThat(merge.merge(earlier, List.of(change(0, "{\"n\":{\"$incr\":1}}"))).properties())
        .isEqualTo(earlier.properties());
    assertThat(merge.merge(earlier, List.of(change(101, "{\"n\":{\"$incr\":1}}"))).properties())
        .isEqualTo("{\"n\":102,\"plain\":\"p\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "+91 98765-43210, true, 919876543210",
    "00919876543210, true, 919876543210",
    "9876543210, true,",
    "+1, true,",
    "'', false,",
    "tel:, true,"
  })
  void phonesNeedACountry(String phone, boolean given, String digits) {
    StoredProfile profile = merged(List.of(change(0, "{\"Phone\":\"" + phone + "\"}")));
    assertThat(profile.endpoints().isGiven(Set.of(EndpointKind.PHONE))).isEqualTo(given);
    assertThat(profile.endpoints().address(EndpointKind.PHONE)).isEqualTo(digits);
  }

  @Test
  void aDefaultRegionReadsNationalNumbers() {
    ProfileMerge indian = new ProfileMerge(new PhoneNumbers("IN"));
    StoredProfile profile =
        indian.merge(StoredProfile.seen(AT), List.of(change(0, "{\"Phone\":9876543210}")));
    assertThat(profile.endpoints().address(EndpointKind.PHONE)).isEqualTo("919876543210");
  }

  @Test
  void wishesAreBooleansAndWelcomeUntilSaid() {
    StoredProfile profile =
        merged(
            List.of(change(0, "{\"MSG-whatsapp\":false,\"MSG-sms\":\"no\",\"Name\":\" Ann \"}")));
    assertThat(profile.optOuts()).contains("whatsapp");
    assertThat(profile.optOuts()).doesNotContain("sms");
    assertThat(profile.name()).isEqualTo("Ann");
    assertThat(merge.merge(profile, List.of(change(1, "{\"MSG-whatsapp\":null}"))).optOuts())
        .isEmpty();
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> merged(List.of(change(0, "[1]"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> merged(List.of(change(0, "{\"a\""))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
