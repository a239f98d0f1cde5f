package dev.carillon.engine.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.provider.CallbackAnswer.Item.Incoming;
import dev.carillon.engine.provider.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutWordsTest {
  private static final List<String> AROUND =
      List.of(
          " ",
          "\n",
          "\t",
          "\u00a0",
          "\u200e",
          "\u200f",
          "\u202a",
          "\u202c",
          "\u2066",
          "\u2069",
          "\u200b",
          "\ufeff",
          "\u00ad",
          ".",
          ",",
          "!",
          "?",
          "\u2026",
          "*",
          "_",
          "~",
          "`",
          "\"",
          "'",
          "\u201c",
          "\u00ab",
          "(",
          ")",
          "-",
          "\u3002",
          "\uff01",
          "\u00a1",
          "\ud83d\uded1",
          "\u270b",
          "\u2764\ufe0f",
          "\ud83d\ude4f\ud83c\udffd",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67");

  private final OptOutWords words = words("");

  private static OptOutWords words(String own) {
    return OptOutWords.of(
        new Connection(1, "any", "Any", Map.of(OptOutWords.SETTING, own), Map.of()));
  }

  private static Incoming incoming(@Nullable String text, Incoming.Act act) {
    return new Incoming("m", "4915", Instant.EPOCH, null, "text", text, act);
  }

  private Optional<Boolean> written(String text) {
    return words.wish(incoming(text, new Incoming.Wrote()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        "Stop all",
        "STOPALL",
        "stop  all",
        "Unsubscribe",
        "CANCEL",
        "end",
        "QUIT",
        "Opt-out",
        "opt out",
        "REVOKE",
        "Stop promotions",
        "\uff33\uff34\uff2f\uff30",
        "ST\u200bOP"
      })
  void aWordThatStops(String word) {
    assertThat(written(word)).contains(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"START", "Unstop", "subscribe", "opt-in", "Opt in", "\uff53tart"})
  void aWordThatStarts(String word) {
    assertThat(written(word)).contains(true);
  }

  @RepeatedTest(30)
  void whatStandsAroundAWordDoesNotMatter(RepetitionInfo repetition) {
    long seed = 7_700L + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "sToP" : "Unstop");
    boolean starts = text.length() > 4;
    for (int i = random.nextInt(6); i > 0; i--) {
      String some = AROUND.get(random.nextInt(AROUND.size()));
      text.insert(random.nextBoolean() ? 0 : text.length(), some);
    }
    assertThat(written(text.toString())).as("seed %s: %s", seed, text).contains(starts);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "please stop",
        "stop by tomorrow",
        "stopper",
        "non-stop",
        "s t o p",
        "STOP STOP",
        "ending",
        "",
        "...",
        "\ud83d\uded1",
        "Sent from my phone: STOP",
        "S\u0442op"
      })
  void otherTextsSayNothing(String text) {
    assertThat(written(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baja|Baja.|true",
        "baja, arr\u00eat|ARR\u00caT!|true",
        "\u30b9\u30c8\u30c3\u30d7|\u30b9\u30c8\u30c3\u30d7\u3002|true",
        "\u30b9\u30c8\u30c3\u30d7|\uff7d\uff84\uff6f\uff8c\uff9f|true",
        "kein interesse|Kein  Interesse!|true",
        "\u092c\u0902\u0926 \u0915\u0930\u094b|\u092c\u0902\u0926 \u0915\u0930\u094b!|true",
        "*ya basta*|ya basta|true",
        "baja|barata baja|false",
        " , ,|,|false",
      })
  void aConnectionsOwnWordsAreReadInTheSameWay(String own, String text, boolean stops) {
    Optional<Boolean> wish = words(own).wish(incoming(text, new Incoming.Wrote()));

    assertThat(wish).isEqualTo(stops ? Optional.of(false) : Optional.empty());
    assertThat(words(own).wish(incoming("STOP", new Incoming.Wrote()))).contains(false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STOP_987|Stop these|false",
        "STOP|Enough|false",
        "stop-12|Enough|false",
        "STOPALL|Enough|false",
        "Stop promotions|Stop promotions|false",
        "x1|\u200eStop|false",
        "|Stop promotions|false",
        "START_1|Back|true",
        "STOPOVER|Fly|",
        "STARTUP|Learn|",
      })
  void aButtonSpeaksByItsPayloadOrItsLabel(
      @Nullable String payload, String label, @Nullable Boolean subscribed) {
    assertThat(words.wish(incoming(label, new Incoming.Pressed(payload))))
        .isEqualTo(Optional.ofNullable(subscribed));
  }

  @Test
  void onlyWhatWasWrittenOrPressedIsRead() {
    assertThat(words.wish(incoming("STOP", new Incoming.Shared()))).isEmpty();
    assertThat(words.wish(incoming("STOP", new Incoming.Happened()))).isEmpty();
    assertThat(words.wish(incoming(null, new Incoming.Wrote()))).isEmpty();
  }

  @Test
  void aWordWithoutLettersIsFound() {
    assertThat(OptOutWords.unusable("basta, \ud83d\uded1")).contains(" \ud83d\uded1");
    assertThat(OptOutWords.unusable("basta, ,para")).isEmpty();
  }
}
