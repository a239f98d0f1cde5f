package dev.carillon.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.user.Endpoint;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AddressHistoryTest {
  private static final Identity ANN = Identity.user("ann");

  private final ProfileMerge merge = new ProfileMerge(new PhoneNumbers(null));

  private static ProfileChange phone(int at, int number) {
    Instant when = Instant.EPOCH.plusSeconds(at);
    return new ProfileChange(
        ANN, ANN.key(), "{\"Phone\":\"+9198765" + (43_200 + number) + "\"}", when, when);
  }

  private static Map<String, Long> left(StoredProfile profile) {
    Map<String, Long> left = new TreeMap<>();
    for (Endpoint endpoint : profile.endpoints().all()) {
      if (!endpoint.isPresent()) {
        left.put(endpoint.address(), ChronoUnit.MICROS.between(Instant.EPOCH, endpoint.leftAt()));
      }
    }
    return left;
  }

  @Test
  void aNumberIsLeftWhenAnotherIsGiven() {
    StoredProfile profile =
        merge.merge(
            StoredProfile.seen(Instant.EPOCH), List.of(phone(1, 1), phone(5, 2), phone(9, 2)));

    assertThat(left(profile)).isEqualTo(Map.of("919876543201", 5_000_000L));
  }

  @Test
  void aNumberThatStaysTakesNoRoom() {
    StoredProfile profile = merge.merge(StoredProfile.seen(Instant.EPOCH), List.of(phone(1, 1)));
    assertThat(profile.contacts()).isEqualTo("phone 919876543201");
  }

  @Test
  void moreNumbersThanAnybodyHasAreNotAllKept() {
    List<ProfileChange> changes = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      changes.add(phone(i, i));
    }
    StoredProfile profile = merge.merge(StoredProfile.seen(Instant.EPOCH), changes);
    assertThat(left(profile)).hasSize(49);
  }

  @RepeatedTest(20)
  void orderRepetitionAndPartsDoNotMatter(RepetitionInfo repetition) {
    long seed = 5_500L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    List<ProfileChange> changes = new ArrayList<>();
    for (int at = 1; at < 12; at++) {
      changes.add(phone(at, random.nextInt(4)));
    }
    StoredProfile expected = merge.merge(StoredProfile.seen(Instant.EPOCH), changes);
    List<ProfileChange> told = new ArrayList<>(changes);
    told.addAll(changes.subList(0, 5));
    Collections.shuffle(told, random);
    int split = random.nextInt(told.size());
    StoredProfile one = StoredProfile.seen(Instant.EPOCH);
    for (ProfileChange change : told.subList(0, split)) {
      one = merge.merge(one, List.of(change));
    }
    StoredProfile other =
        merge.merge(StoredProfile.seen(Instant.EPOCH), told.subList(split, told.size()));
    StoredProfile joined = random.nextBoolean() ? merge.merge(one, other) : merge.merge(other, one);

    assertThat(left(joined)).as("seed %s", seed).isEqualTo(left(expected));
    assertThat(joined.contacts()).as("seed %s", seed).isEqualTo(expected.contacts());
  }
}
