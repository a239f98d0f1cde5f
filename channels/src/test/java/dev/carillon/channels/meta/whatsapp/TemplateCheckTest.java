package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.What;
import dev.carillon.engine.provider.ContentCheck.ContentProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TemplateCheckTest {

  @Test
  void everyBrokenTextIsNamedWithItsPlace() {
    What.Message what =
        new What.WhatsAppTemplate(
            1,
            "t",
            "en",
            new What.Header("text", "{% if x %}"),
            List.of(
                new What.Parameter(null, "{{ name | default: 'friend' }}"),
                new What.Parameter(null, "Hi {{ name | shout }}")),
            List.of(new What.Button(3, "url", "{{ x")));

    List<ContentProblem> problems = CloudWire.provider().checkContent(what);

    assertThat(problems)
        .extracting(ContentProblem::pointer)
        .containsExactly(
            "/template/header/value", "/template/parameters/1", "/template/buttons/0/value");
    assertThat(problems.get(1).words()).isEqualTo("Line 1, column 12: there is no filter shout.");
  }

  @Test
  void headerAndBodyHaveBothNamesOrNeither() {
    List<What.Parameter> named = List.of(new What.Parameter("first", "a"));
    List<What.Parameter> numbered = List.of(new What.Parameter(null, "a"));
    What.Header plain = new What.Header("text", "x");
    What.Header withName = new What.Header("text", "city", "x");

    assertThat(problems(plain, named)).containsExactly("/template/header/name");
    assertThat(problems(withName, numbered)).containsExactly("/template/header/name");
    assertThat(problems(withName, named)).isEmpty();
    assertThat(problems(plain, numbered)).isEmpty();
    assertThat(problems(withName, List.of())).isEmpty();
    assertThat(problems(new What.Header("image", "https://a.example/x.jpg"), named)).isEmpty();
  }

  private static List<String> problems(What.Header header, List<What.Parameter> parameters) {
    What.Message what = new What.WhatsAppTemplate(1, "t", "en", header, parameters, List.of());
    return CloudWire.provider().checkContent(what).stream().map(ContentProblem::pointer).toList();
  }

  @Test
  void aContentThatCanBeFilledHasNoProblem() {
    What.Message what =
        new What.WhatsAppTemplate(
            1, "t", "en", null, List.of(new What.Parameter(null, "{{ name }}")), List.of());

    assertThat(CloudWire.provider().checkContent(what)).isEmpty();
  }
}
