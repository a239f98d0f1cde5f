package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.ErrorClass;
import dev.carillon.engine.provider.ErrorMeaning;
import dev.carillon.engine.provider.ErrorMeaning.Reaction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table row by row. */
final class CloudErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "0, CONFIGURATION, PAUSE",
    "190, CONFIGURATION, PAUSE",
    "102, CONFIGURATION, PAUSE",
    "3, CONFIGURATION, PAUSE",
    "10, CONFIGURATION, PAUSE",
    "200, CONFIGURATION, PAUSE",
    "250, CONFIGURATION, PAUSE",
    "299, CONFIGURATION, PAUSE",
    "131005, CONFIGURATION, PAUSE",
    "1, TEMPORARY, RETRY_ONCE",
    "2, TEMPORARY, RETRY",
    "4, RATE, RETRY",
    "80007, RATE, RETRY",
    "130429, RATE, RETRY",
    "131056, RATE, RETRY_SLOWLY",
    "131048, RATE, PAUSE",
    "131049, USER, GIVE_UP",
    "131050, OPT_OUT, UNSUBSCRIBE",
    "130472, USER, GIVE_UP",
    "130497, CONFIGURATION, PAUSE",
    "131000, TEMPORARY, RETRY",
    "131016, TEMPORARY, RETRY",
    "131057, TEMPORARY, RETRY",
    "131008, MESSAGE, GIVE_UP",
    "131009, MESSAGE, GIVE_UP",
    "100, MESSAGE, GIVE_UP",
    "100/33, CONFIGURATION, PAUSE",
    "131021, MESSAGE, GIVE_UP",
    "131026, ADDRESS, GIVE_UP",
    "131030, CONFIGURATION, PAUSE",
    "131031, CONFIGURATION, PAUSE",
    "368, CONFIGURATION, PAUSE",
    "131042, CONFIGURATION, PAUSE",
    "131045, CONFIGURATION, PAUSE",
    "133010, CONFIGURATION, PAUSE",
    "131047, MESSAGE, GIVE_UP",
    "470, MESSAGE, GIVE_UP",
    "131051, MESSAGE, GIVE_UP",
    "131052, MESSAGE, GIVE_UP",
    "131053, MESSAGE, GIVE_UP",
    "132000, MESSAGE, GIVE_UP",
    "132001, MESSAGE, GIVE_UP_AND_PAUSE",
    "132005, MESSAGE, GIVE_UP",
    "132007, MESSAGE, GIVE_UP",
    "132012, MESSAGE, GIVE_UP",
    "132015, MESSAGE, GIVE_UP_AND_PAUSE",
    "132016, MESSAGE, GIVE_UP_AND_PAUSE",
    "132068, MESSAGE, GIVE_UP",
    "132069, MESSAGE, GIVE_UP",
    "133000, CONFIGURATION, PAUSE",
    "133015, CONFIGURATION, PAUSE",
    "134011, CONFIGURATION, PAUSE",
    "135000, TEMPORARY, RETRY",
    "connection, TEMPORARY, RETRY",
  })
  void eachCodeHasItsClassAndReaction(String code, ErrorClass errorClass, Reaction reaction) {
    ErrorMeaning meaning = CloudErrors.CODES.meaning(code);

    assertThat(meaning.errorClass()).isEqualTo(errorClass);
    assertThat(meaning.reaction()).isEqualTo(reaction);
    assertThat(meaning.words()).endsWith(".");
    assertThat(meaning.action()).endsWith(".");
  }

  @ParameterizedTest
  @CsvSource({
    "17, RATE, RETRY",
    "80003, RATE, RETRY",
    "555, CONFIGURATION, PAUSE",
    "131999, MESSAGE, GIVE_UP",
    "132999, MESSAGE, GIVE_UP",
    "133999, CONFIGURATION, PAUSE",
    "100/77, MESSAGE, GIVE_UP",
    "2147483647, MESSAGE, GIVE_UP",
  })
  void aCodeThatIsNotInTheTableIsJudgedByItsRange(
      String code, ErrorClass errorClass, Reaction reaction) {
    assertThat(CloudErrors.CODES.meaning(code).errorClass()).isEqualTo(errorClass);
    assertThat(CloudErrors.CODES.meaning(code).reaction()).isEqualTo(reaction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"190", "131026", "131056", "132001", "555"})
  void aHintDoesNotOverruleTheTable(String code) {
    assertThat(CloudErrors.CODES.meaning(code, true))
        .isEqualTo(CloudErrors.CODES.meaning(code, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5000", "2388001"})
  void outsideOfAllRangesTheHintDecides(String code) {
    assertThat(CloudErrors.CODES.meaning(code, true).reaction()).isEqualTo(Reaction.RETRY);
    assertThat(CloudErrors.CODES.meaning(code, false).reaction()).isEqualTo(Reaction.GIVE_UP);
  }
}
