package dev.carillon.server.pages.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A property is written so that a text gives its value, whatever the property is called. */
class PropertyTextTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LiquidTexts texts = new LiquidTexts();

  @Test
  void aPlainNameIsWrittenAsItIs() {
    assertThat(PropertyText.of("Name").orElseThrow().liquid())
        .isEqualTo("{{ Name | default: '' }}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name",
        "_x",
        "First name",
        "MSG-whatsapp",
        "a.b",
        "7",
        "Stra\u00dfe",
        "it's",
        "say \"x\"",
        "true",
        "empty",
        "contains",
        "for",
        "in",
        "blank",
        "a\\b",
        "a|b",
        "a: b",
        "<i>"
      })
  void theTextGivesTheValueOrNothing(String name) throws Exception {
    String liquid = PropertyText.of(name).orElseThrow().liquid();

    assertThat(texts.problem(liquid)).isEmpty();
    assertThat(texts.fill(liquid, LiquidPerson.of(JSON.writeValueAsString(Map.of(name, "Asha")))))
        .isEqualTo("Asha");
    assertThat(texts.fill(liquid, LiquidPerson.of("{}"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{", "profile", "a}b", "50%", "both ' and \""})
  void aNameThatNoTextCanHoldIsNotOffered(String name) {
    assertThat(PropertyText.of(name)).isEmpty();
  }
}
