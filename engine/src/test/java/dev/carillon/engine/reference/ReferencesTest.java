package dev.carillon.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.message.MessageRef;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final References REFERENCES =
      new References(List.of("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)));

  @Test
  void aReferenceIsReadBack() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      MessageRef message =
          new MessageRef(1 + random.nextInt(Integer.MAX_VALUE), random.nextInt(Integer.MAX_VALUE));
      String reference = REFERENCES.of(message);
      assertThat(reference).hasSize(29).startsWith("c1").matches("[A-Za-z0-9_-]+");
      assertThat(REFERENCES.read(reference)).contains(message);
    }
  }

  /** Messages on their way bear it, so it must never change; computed with Python's hmac. */
  @Test
  void theFormIsFixed() {
    assertThat(REFERENCES.of(new MessageRef(7, 42))).isEqualTo("c1AAAABwAAACp6CRQGgFtaA0amr0w");
  }

  @Test
  void onlyOurKeyMakesOne() {
    MessageRef message = new MessageRef(7, 42);
    References other =
        new References(List.of("fedcba9876543210".getBytes(StandardCharsets.US_ASCII)));
    assertThat(REFERENCES.read(other.of(message))).isEmpty();

    String reference = REFERENCES.of(message);
    for (int i = 0; i < reference.length(); i++) {
      for (char changed : new char[] {'A', 'B', 'z', '0', '_', '=', '\u00e9', '+'}) {
        String forged = reference.substring(0, i) + changed + reference.substring(i + 1);
        if (!forged.equals(reference)) {
          assertThat(REFERENCES.read(forged)).as(forged).isEmpty();
        }
      }
    }
  }

  @Test
  void aTestsReferenceNamesNoMessage() {
    References other =
        new References(List.of("fedcba9876543210".getBytes(StandardCharsets.US_ASCII)));
    for (int number : new int[] {0, 42, -1, Integer.MIN_VALUE}) {
      String test = REFERENCES.ofTest(7, number);
      assertThat(test).hasSize(29).startsWith("t1").matches("[A-Za-z0-9_-]+");
      assertThat(REFERENCES.isTest(test)).isTrue();
      assertThat(REFERENCES.read(test)).isEmpty();
      assertThat(REFERENCES.read("c1" + test.substring(2))).isEmpty();
      assertThat(other.isTest(test)).isFalse();
      assertThat(REFERENCES.isTest(test + "A")).isFalse();
    }
    String message = REFERENCES.of(new MessageRef(7, 42));
    assertThat(REFERENCES.isTest(message)).isFalse();
    assertThat(REFERENCES.isTest("t1" + message.substring(2))).isFalse();
    for (String odd : new String[] {"", "t1", "t1====", "t1" + "A".repeat(27)}) {
      assertThat(REFERENCES.isTest(odd)).as(odd).isFalse();
    }
  }

  @Test
  void oddTextsAreNoReferences() {
    for (String odd : new String[] {"", "c1", "c1====", "x".repeat(29), "c1" + "A".repeat(27)}) {
      assertThat(REFERENCES.read(odd)).isEmpty();
    }
    assertThat(REFERENCES.read(REFERENCES.of(new MessageRef(1, 1)) + "A")).isEmpty();
    assertThatThrownBy(() -> new References(List.of(new byte[15])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatAnOlderKeySignedIsAcceptedAndTheFirstSigns() {
    byte[] older = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] newer = "fedcba9876543210".getBytes(StandardCharsets.US_ASCII);
    References both = new References(List.of(newer, older));
    MessageRef message = new MessageRef(7, 1_000);

    assertThat(both.of(message)).isEqualTo(new References(List.of(newer)).of(message));
    assertThat(both.read(new References(List.of(older)).of(message))).contains(message);
    assertThat(both.isTest(new References(List.of(older)).ofTest(7, 3))).isTrue();
    assertThat(new References(List.of(newer)).read(new References(List.of(older)).of(message)))
        .isEmpty();
    assertThatThrownBy(() -> new References(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
