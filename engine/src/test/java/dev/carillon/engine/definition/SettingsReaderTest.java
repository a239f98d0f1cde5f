package dev.carillon.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.SystemControlGroup;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.definition.json.JsonDocument;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Reading;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The account's settings as JSON: what is written is read as the same, what is wrong is named. */
class SettingsReaderTest {
  private static final AccountSettings BEFORE =
      new AccountSettings(
          ZoneId.of("Asia/Kolkata"),
          DayOfWeek.MONDAY,
          "INR",
          new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0), QuietHours.Then.DELAY),
          List.of(new FrequencyCap(Channel.WHATSAPP, 3, Duration.ofDays(7))),
          new SystemControlGroup(2));

  @RepeatedTest(200)
  void whatIsWrittenIsReadAsTheSame(RepetitionInfo repetition) {
    AccountSettings settings = any(new Random(repetition.getCurrentRepetition()));
    String json = SettingsWriter.write(settings).toString();
    assertThat(JsonDocument.parse(json).then(SettingsReader::read).orThrow())
        .as("seed %s: %s", repetition.getCurrentRepetition(), json)
        .isEqualTo(settings);
  }

  private static AccountSettings any(Random random) {
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    LocalTime from = LocalTime.ofSecondOfDay(random.nextInt(1_440) * 60L);
    return new AccountSettings(
        ZoneId.of(zones.get(random.nextInt(zones.size()))),
        DayOfWeek.of(1 + random.nextInt(7)),
        random.nextBoolean() ? "INR" : "EUR",
        random.nextBoolean()
            ? null
            : new QuietHours(
                from,
                from.plusMinutes(1 + random.nextInt(1_438)),
                random.nextBoolean() ? QuietHours.Then.DELAY : QuietHours.Then.DISCARD),
        random
            .ints(random.nextInt(5), 15, 90 * 1_440)
            .distinct()
            .mapToObj(
                minutes ->
                    new FrequencyCap(
                        random.nextBoolean() ? Channel.SMS : Channel.WHATSAPP,
                        1 + random.nextInt(1_000),
                        Duration.ofMinutes(minutes)))
            .toList(),
        new SystemControlGroup(random.nextBoolean() ? 0 : 2 + random.nextInt(4)));
  }

  @Test
  void onlyTheMembersThatAreGivenChange() {
    assertThat(changed("{}")).isEqualTo(BEFORE);
    assertThat(changed("{\"currency\":\"EUR\"}").zone()).isEqualTo(BEFORE.zone());
    assertThat(changed("{\"quietHours\":null,\"caps\":[]}"))
        .isEqualTo(
            new AccountSettings(
                BEFORE.zone(),
                BEFORE.weekStart(),
                "INR",
                null,
                List.of(),
                BEFORE.systemControlGroup()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'zone':'Mars/Olympus'} | /zone unknownValue",
        "{'zone':'+05:30'} | /zone unknownValue",
        "{'zone':null} | /zone required",
        "{'weekStart':'mon'} | /weekStart unknownValue",
        "{'currency':'inr'} | /currency badFormat",
        "{'quietHours':{'from':'22:00','to':'22:00','then':'delay'}} | /quietHours/to contradiction",
        "{'quietHours':{'from':'25:00','to':'8','then':'wait'}} | /quietHours/from badFormat,"
            + " /quietHours/to badFormat, /quietHours/then unknownValue",
        "{'caps':[{'channel':'whatsapp','messages':0,'within':'PT5M'}]} | /caps/0/messages"
            + " outOfRange, /caps/0/within outOfRange",
        "{'caps':[{'channel':'sms','messages':1,'within':'P7D'},"
            + "{'channel':'sms','messages':2,'within':'PT168H'}]} | /caps/1 contradiction",
        "{'caps':[{'channel':'email','messages':1}]} | /caps/0/channel unknownValue,"
            + " /caps/0/within required",
        "{'systemControlGroup':{'percent':1}} | /systemControlGroup/percent outOfRange",
        "{'systemControlGroup':{'percent':6}} | /systemControlGroup/percent outOfRange",
        "{'systemControlGroup':{'percent':2.5}} | /systemControlGroup/percent outOfRange",
        "{'colour':'red'} | /colour unknownMember",
        "[] | ' wrongType'"
      },
      quoteCharacter = '`')
  void whatIsWrongIsNamed(String json, String problems) {
    Reading<AccountSettings> reading =
        JsonDocument.parse(json.replace('\'', '"'))
            .then(node -> SettingsReader.change(BEFORE, node));
    assertThat(found(reading)).containsExactly(problems.replace("'", "").split(", ?", -1));
  }

  private static List<String> found(Reading<?> reading) {
    return switch (reading) {
      case Reading.Understood<?> _ -> List.of();
      case Reading.Refused<?>(List<Problem> problems) ->
          problems.stream().map(problem -> problem.pointer() + " " + problem.code().key()).toList();
    };
  }

  private static AccountSettings changed(String json) {
    return SettingsReader.change(BEFORE, JsonMapper.shared().readTree(json)).orThrow();
  }
}
