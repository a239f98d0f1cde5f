package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.ContentCheck.ContentProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TemplateCheckTest {

  @Test
  void everyBrokenTextIsNamedWithItsPlace() {
    MessageContent what =
        new WhatsAppTemplate(
            1,
            "t",
            "en",
            new WhatsAppTemplate.Header("text", "{% if x %}"),
            List.of(
                new WhatsAppTemplate.Parameter(null, "{{ name | default: 'friend' }}"),
                new WhatsAppTemplate.Parameter(null, "Hi {{ name | shout }}")),
            List.of(new WhatsAppTemplate.Button(3, "url", "{{ x")));

    List<ContentProblem> problems = CloudWire.provider().checkContent(what);

    assertThat(problems)
        .extracting(ContentProblem::pointer)
        .containsExactly(
            "/template/header/value", "/template/parameters/1", "/template/buttons/0/value");
    assertThat(problems.get(1).words()).isEqualTo("Line 1, column 12: there is no filter shout.");
  }

  @Test
  void headerAndBodyHaveBothNamesOrNeither() {
    List<WhatsAppTemplate.Parameter> named = List.of(new WhatsAppTemplate.Parameter("first", "a"));
    List<WhatsAppTemplate.Parameter> numbered = List.of(new WhatsAppTemplate.Parameter(null, "a"));
    WhatsAppTemplate.Header plain = new WhatsAppTemplate.Header("text", "x");
    WhatsAppTemplate.Header withName = new WhatsAppTemplate.Header("text", "city", "x");

    assertThat(problems(plain, named)).containsExactly("/template/header/name");
    assertThat(problems(withName, numbered)).containsExactly("/template/header/name");
    assertThat(problems(withName, named)).isEmpty();
    assertThat(problems(plain, numbered)).isEmpty();
    assertThat(problems(withName, List.of())).isEmpty();
    assertThat(problems(new WhatsAppTemplate.Header("image", "https://a.example/x.jpg"), named))
        .isEmpty();
  }

  private static List<String> problems(
      WhatsAppTemplate.Header header, List<WhatsAppTemplate.Parameter> parameters) {
    MessageContent what = new WhatsAppTemplate(1, "t", "en", header, parameters, List.of());
    return CloudWire.provider().checkContent(what).stream().map(ContentProblem::pointer).toList();
  }

  @Test
  void aContentThatCanBeFilledHasNoProblem() {
    MessageContent what =
        new WhatsAppTemplate(
            1,
            "t",
            "en",
            null,
            List.of(new WhatsAppTemplate.Parameter(null, "{{ name }}")),
            List.of());

    assertThat(CloudWire.provider().checkContent(what)).isEmpty();
  }
}
