package dev.carillon.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.DataLimits;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a profile that would grow beyond its limits. */
class ProfileLimitsTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final Identity ANN = Identity.user("ann");
  private static final String LARGE = "\"" + "\u0939".repeat(8_000) + "\"";

  private final ProfileMerge merge = new ProfileMerge(new PhoneNumbers(null));
  private StoredProfile profile = StoredProfile.seen(AT);

  private void change(long second, String properties) {
    profile =
        merge.merge(
            profile,
            List.of(new ProfileChange(ANN, ANN.key(), properties, AT.plusSeconds(second), AT)));
  }

  /** Merges changes of a second each, from this one on. */
  private void change(long from, int count, IntFunction<String> properties) {
    profile =
        merge.merge(
            profile,
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        new ProfileChange(
                            ANN, ANN.key(), properties.apply(i), AT.plusSeconds(from + i), AT))
                .toList());
  }

  private String property(String name) {
    return JsonMapper.shared().readTree(profile.properties()).path(name).toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Fills the profile with properties of 24 KB each. */
  private void fill() {
    for (int i = 0; i < 5; i++) {
      change(i, "{\"p" + i + "\":" + LARGE + "}");
    }
    assertThat(ProfileMerge.refused(profile)).isZero();
  }

  @Test
  void whatWouldNotFitIsRefusedAndCountedAndTheOldValueStays() {
    change(0, "{\"p9\":\"old\"}");
    fill();
    change(10, "{\"p9\":" + LARGE + ",\"new\":" + LARGE + ",\"small\":1}");

    assertThat(property("p9")).isEqualTo("\"old\"");
    assertThat(property("new")).isEmpty();
    assertThat(property("small")).isEqualTo("1");
    assertThat(ProfileMerge.refused(profile)).isEqualTo(2);
    assertThat(bytes(profile.properties())).isLessThanOrEqualTo(DataLimits.PROFILE_BYTES);
  }

  @Test
  void afterSomethingIsTakenAwayThereIsRoom() {
    fill();
    change(10, "{\"new\":" + LARGE + "}");
    change(11, "{\"p0\":null}");
    change(10, "{\"new\":" + LARGE + "}");

    assertThat(property("new")).isEqualTo(LARGE);
    assertThat(ProfileMerge.refused(profile)).isEqualTo(1);
  }

  @Test
  void aFullProfileStillTakesANoAndAPhoneNumber() {
    fill();
    change(0, 500, i -> "{\"filler" + i + "\":\"" + "y".repeat(100) + "\"}");
    assertThat(ProfileMerge.refused(profile)).isPositive();
    change(9, "{\"MSG-whatsapp\":false,\"Phone\":\"+919876543210\",\"Tz\":\"Asia/Kolkata\"}");

    assertThat(profile.optOuts()).contains("whatsapp");
    assertThat(profile.endpoints().address(EndpointKind.PHONE)).isEqualTo("919876543210");
    assertThat(property("Tz")).isEqualTo("\"Asia/Kolkata\"");
  }

  @Test
  void aListGrowsByOperatorsToItsLimitsOnly() {
    change(0, 1_200, i -> "{\"l\":{\"$add\":[" + i + "]}}");
    assertThat(JsonMapper.shared().readTree(property("l")).size())
        .isEqualTo(DataLimits.LIST_ELEMENTS);
    assertThat(ProfileMerge.refused(profile)).isEqualTo(200);
    change(2_000, "{\"l\":{\"$remove\":[0]}}");
    change(2_001, "{\"l\":{\"$add\":[\"again\"]}}");
    assertThat(property("l")).endsWith("\"again\"]");

    change(0, 20, i -> "{\"texts\":{\"$add\":[\"" + i + "x".repeat(8_000) + "\"]}}");
    assertThat(bytes(property("texts"))).isBetween(56_000, DataLimits.PROPERTY_BYTES);
  }

  @Test
  void whatIsKnownOfThePastIsLimitedToo() {
    change(0, 3_000, name -> "{\"" + name + "x".repeat(110) + "\":null}");
    change(5_000, 400, i -> "{\"n\":{\"$remove\":[\"" + i + "x".repeat(4_000) + "\"]}}");
    assertThat(bytes(profile.propertyTimes())).isLessThanOrEqualTo(DataLimits.PROFILE_BYTES + 100);
    assertThat(ProfileMerge.refused(profile)).isPositive();
  }

  @Test
  void changesTogetherAreMergedAsOneByOne() {
    for (long seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      List<ProfileChange> changes = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String value =
            switch (random.nextInt(5)) {
              case 0 -> "null";
              case 1 -> "{\"$add\":[\"" + "x".repeat(random.nextInt(8_000)) + "\"]}";
              case 2 -> "{\"$incr\":1e308}";
              default -> "\"" + "\u0939".repeat(random.nextInt(8_000)) + "\"";
            };
        changes.add(
            new ProfileChange(
                ANN,
                ANN.key(),
                "{\"p" + random.nextInt(20) + "\":" + value + "}",
                AT.plusSeconds(random.nextInt(20)),
                AT));
      }
      profile = StoredProfile.seen(AT);
      changes.forEach(one -> profile = merge.merge(profile, List.of(one)));

      assertThat(merge.merge(StoredProfile.seen(AT), changes))
          .as("seed %s", seed)
          .isEqualTo(profile);
      assertThat(bytes(profile.properties())).isLessThanOrEqualTo(DataLimits.PROFILE_BYTES);
    }
  }

  @Test
  void twoProfilesThatAreOneUserStayWithinTheLimits() {
    fill();
    StoredProfile first = profile;
    profile = StoredProfile.seen(AT);
    for (int i = 3; i < 8; i++) {
      change(i, "{\"p" + i + "\":" + LARGE + "}");
    }
    StoredProfile joined = merge.merge(first, profile);

    assertThat(bytes(joined.properties())).isLessThanOrEqualTo(DataLimits.PROFILE_BYTES);
    assertThat(ProfileMerge.refused(joined)).isEqualTo(3);
  }

  @Test
  void aChangeFromBeforeThereWereLimitsIsMergedWithoutWhatIsTooLarge() {
    change(0, "{\"huge\":[" + "1,".repeat(3_000_000) + "1],\"city\":\"Pune\"}");

    assertThat(profile.properties()).isEqualTo("{\"city\":\"Pune\"}");
    assertThat(ProfileMerge.refused(profile)).isEqualTo(1);
  }

  @Test
  void aProfileFromBeforeThereWereLimitsLosesItsLargestProperties() {
    String many =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"m" + i + "\":\"" + "x".repeat(1_000 * (i + 1)) + "\"")
            .collect(Collectors.joining(","));
    String times =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"m" + i + "\":" + (1_000 + i))
            .collect(Collectors.joining(","));
    String properties =
        "{\"huge\":["
            + "1,".repeat(500_000)
            + "1],"
            + many
            + ",\"Name\":\"Ann\",\"n\":5,\"MSG-sms\":false,\"Phone\":\"+919876543210\"}";
    String past =
        "{\"huge\":7,"
            + times
            + ",\"Name\":8,\"MSG-sms\":9,\"MSG-push\":10,\"Phone\":11,\"n\":{\"t\":3,\"v\":4,\"o\":[[5,\"$incr\",1]]}}";
    StoredProfile known = new StoredProfile("{}", "{}", null, "", AT, AT.plusSeconds(5));

    StoredProfile trimmed =
        new OversizedProfile(merge, known)
            .trimmed(new StringReader(properties), new StringReader(past));

    assertThat(bytes(trimmed.properties())).isLessThanOrEqualTo(DataLimits.PROFILE_BYTES);
    assertThat(trimmed.properties())
        .contains("\"m0\"", "\"m14\"", "\"Name\":\"Ann\"", "\"n\":5")
        .doesNotContain("huge", "\"m16\"");
    assertThat(trimmed.optOuts()).contains("sms");
    assertThat(trimmed.endpoints().address(EndpointKind.PHONE)).isEqualTo("919876543210");
    assertThat(trimmed.updatedAt()).isEqualTo(AT.plusSeconds(5));
    assertThat(ProfileMerge.refused(trimmed)).isEqualTo(16);
    profile = trimmed;
    change(20, "{\"n\":{\"$incr\":1},\"m0\":\"new\"}");
    assertThat(property("n")).isEqualTo("6");
    assertThat(property("m0")).isEqualTo("\"new\"");
  }
}
