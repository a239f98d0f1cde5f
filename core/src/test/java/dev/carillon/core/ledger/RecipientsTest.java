package dev.carillon.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class RecipientsTest {
  @Test
  void runsTellTheSameUsersInAnyOrderAndRepetition() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Recipients> runs = new ArrayList<>();
      int[] users = new int[400];
      List<Integer> known = new ArrayList<>();
      int first = 0;
      while (first < users.length) {
        int count = Math.min(users.length - first, 1 + random.nextInt(150));
        Recipients.Gathering gathering = new Recipients.Gathering(first, count);
        List<Integer> earlier = new ArrayList<>(known);
        Collections.shuffle(earlier, random);
        for (int seq = first; seq < first + count; seq++) {
          boolean returns = !earlier.isEmpty() && random.nextInt(3) > 0;
          users[seq] = returns ? earlier.removeLast() : seq;
          if (returns) {
            gathering.add(seq, users[seq]);
          } else {
            known.add(seq);
          }
        }
        runs.add(gathering.toRecipients());
        first += count;
      }
      runs.add(runs.get(random.nextInt(runs.size())));
      Collections.shuffle(runs, random);
      Recipients all = runs.stream().reduce(Recipients.NONE, Recipients::plus);

      RoaringBitmap some = new RoaringBitmap();
      Set<Integer> ofSome = new HashSet<>();
      for (int seq = 0; seq < users.length; seq++) {
        assertThat(all.first(seq)).as("seed %d, message %d", seed, seq).isEqualTo(users[seq]);
        if (random.nextBoolean()) {
          some.add(seq);
          ofSome.add(users[seq]);
        }
      }
      assertThat(all.users(some)).as("seed %d", seed).isEqualTo(ofSome.size());
    }
  }
}
