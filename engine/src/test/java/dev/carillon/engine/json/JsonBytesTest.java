package dev.carillon.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
  private static final String[] PIECES = {"a", "\u00e9", "\u0939", "\ud83d\udd14", "12345678"};

  @Test
  void utf8IsWhatJavaDecodes() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      StringBuilder text = new StringBuilder("{\"\":1}");
      for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      }
      assertThat(JsonBytes.areUtf8(bytes))
          .as("seed %s, round %s", seed, round)
          .isEqualTo(decodes(bytes));
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "X-UTF-32BE-BOM"})
  void otherEncodingsAreNone(String encoding) {
    assertThat(JsonBytes.areUtf8("{\"d\":[]}".getBytes(Charset.forName(encoding)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "plain, false",
        "\\u00e9, false",
        "\\ud83d\\udd14, false",
        "x\\uD83D\\uDD14y, false",
        "\\\\ud83d, false",
        "\\ud83d, true",
        "\\ud83dx, true",
        "\\udd14\\ud83d, true",
        "\\\\\\ud83d, true",
        "\\ud83d\\ud83d\\udd14, true"
      })
  void halvesOfPairsAreFound(String text, boolean lone) {
    byte[] bytes = ("[\"" + text + "\"]").getBytes(StandardCharsets.UTF_8);

    assertThat(JsonBytes.haveLoneSurrogate(bytes, 0, bytes.length)).isEqualTo(lone);
    assertThat(JsonBytes.haveBackslash(bytes)).isEqualTo(text.contains("\\"));
  }
}
