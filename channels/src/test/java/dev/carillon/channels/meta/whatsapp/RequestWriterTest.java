package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.channel.WhatsAppTemplate.Button;
import dev.carillon.core.channel.WhatsAppTemplate.Header;
import dev.carillon.core.channel.WhatsAppTemplate.Parameter;
import dev.carillon.engine.provider.PersonalisationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class RequestWriterTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ANN = "{\"name\":\"Ann\",\"code\":\"SAVE20\",\"token\":\"aB3xY\"}";

  private final RequestWriter writer = new RequestWriter(new LiquidTexts());

  @Test
  void aTemplateWithEverything() throws Exception {
    WhatsAppTemplate what =
        new WhatsAppTemplate(
            1,
            "summer_sale",
            "en_US",
            new Header("image", "https://cdn/x.jpg"),
            List.of(new Parameter(null, "{{ name }}"), new Parameter("code", "{{ code }}")),
            List.of(
                new Button(0, "url", "{{ token }}"),
                new Button(1, "quick_reply", "STOP_987"),
                new Button(2, "copy_code", "{{ code }}")));

    assertJson(
        RequestWriter.withReference(write(what, ANN), "01J-attempt"),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234",
         "type":"template","biz_opaque_callback_data":"01J-attempt",
         "template":{"name":"summer_sale","language":{"code":"en_US"},"components":[
          {"type":"header","parameters":[{"type":"image","image":{"link":"https://cdn/x.jpg"}}]},
          {"type":"body","parameters":[{"type":"text","text":"Ann"},
            {"type":"text","parameter_name":"code","text":"SAVE20"}]},
          {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"aB3xY"}]},
          {"type":"button","sub_type":"quick_reply","index":"1",
            "parameters":[{"type":"payload","payload":"STOP_987"}]},
          {"type":"button","sub_type":"copy_code","index":"2",
            "parameters":[{"type":"coupon_code","coupon_code":"SAVE20"}]}]}}""");
  }

  @Test
  void aTemplateWithNothingToFillHasNoComponents() throws Exception {
    assertJson(
        write(template(null, List.of(), List.of()), "{}"),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234",
         "type":"template","template":{"name":"hello","language":{"code":"en"}}}""");
  }

  @Test
  void aTextHeaderAlone() throws Exception {
    assertJson(
        write(template(new Header("text", "Hi {{ name }}"), List.of(), List.of()), ANN),
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234",
         "type":"template","template":{"name":"hello","language":{"code":"en"},"components":[
          {"type":"header","parameters":[{"type":"text","text":"Hi Ann"}]}]}}""");
  }

  @Test
  void aNamedPlaceInTheHeader() throws Exception {
    assertThat(
            text(
                write(
                    template(new Header("text", "city", "{{ name }}"), List.of(), List.of()), ANN)))
        .contains("{\"type\":\"text\",\"parameter_name\":\"city\",\"text\":\"Ann\"}");
  }

  @Test
  void mediaByTheProvidersId() throws Exception {
    assertThat(text(write(template(new Header("video", "998877"), List.of(), List.of()), "{}")))
        .contains("{\"type\":\"video\",\"video\":{\"id\":\"998877\"}}");
  }

  @Test
  void hostileDataStaysData() throws Exception {
    String name = "\\\"},{\\\"x\\u0000\\u2028\\ud800 caf\\u00e9\\n\\t    \\ud83d\\ude00";
    byte[] body =
        write(
            template(null, List.of(new Parameter(null, "{{ name }}")), List.of()),
            "{\"name\":\"" + name + "\"}");

    assertThat(JSON.readTree(body).at("/template/components/0/parameters/0/text").stringValue())
        .isEqualTo("\"},{\"x \ufffd café \ud83d\ude00");
  }

  @Test
  void aReferenceIsEscapedAndBounded() {
    assertThat(
            text(
                RequestWriter.withReference("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "\"é\n")))
        .isEqualTo("{\"biz_opaque_callback_data\":\"\\\"é\\n\",\"a\":1}");
    assertThat(RequestWriter.fits("x".repeat(512))).isTrue();
    assertThat(RequestWriter.fits("x".repeat(513))).isFalse();
  }

  @Test
  void anEmptyPlaceFailsWithItsName() {
    for (String value : List.of("", "   ", "\\n")) {
      String person = "{\"name\":\"" + value + "\"}";
      assertFails(
          template(null, List.of(new Parameter(null, "{{ name }}")), List.of()),
          person,
          "parameter 1 is empty");
      assertFails(
          template(null, List.of(new Parameter("first", "{{ name }}")), List.of()),
          person,
          "parameter first is empty");
      assertFails(
          template(new Header("text", "{{ name }}"), List.of(), List.of()),
          person,
          "header is empty");
      assertFails(
          template(null, List.of(), List.of(new Button(4, "url", "{{ name }}"))),
          person,
          "button 4 is empty");
    }
  }

  @Test
  void whatCannotBeSentFails() {
    assertFails(
        template(new Header("image", "file:///etc/passwd"), List.of(), List.of()),
        "{}",
        "header: the link must start with https://");
    assertFails(
        template(new Header("hologram", "x"), List.of(), List.of()),
        "{}",
        "header: there is no type hologram");
    assertFails(
        template(null, List.of(), List.of(new Button(0, "lever", "x"))),
        "{}",
        "button 0: there is no type lever");
    assertFails(
        template(null, List.of(new Parameter(null, "{{ name }}")), List.of()),
        "{}",
        "parameter 1: name is missing and has no default");
  }

  private void assertFails(WhatsAppTemplate what, String person, String words) {
    assertThatThrownBy(() -> write(what, person))
        .isInstanceOf(PersonalisationException.class)
        .hasMessage(words);
  }

  private byte[] write(WhatsAppTemplate what, String person) throws Exception {
    return writer.write(what, "16505551234", LiquidPerson.of(person));
  }

  private static WhatsAppTemplate template(
      @Nullable Header header, List<Parameter> parameters, List<Button> buttons) {
    return new WhatsAppTemplate(1, "hello", "en", header, parameters, buttons);
  }

  private static void assertJson(byte[] actual, String expected) {
    assertThat(JSON.readTree(actual)).isEqualTo(JSON.readTree(expected));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
