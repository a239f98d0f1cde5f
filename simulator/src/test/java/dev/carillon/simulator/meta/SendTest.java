package dev.carillon.simulator.meta;

import static dev.carillon.simulator.SimulatorClient.template;
import static dev.carillon.simulator.SimulatorClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.SimulatedMeta;
import dev.carillon.simulator.SimulatorClient.Answer;
import dev.carillon.simulator.meta.webhook.CallbackSignature;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SendTest {

  private static final String TO = "919820012345";

  private final SimulatedMeta meta;

  SendTest() throws IOException {
    meta = SimulatedMeta.obedient();
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void acceptsATemplateAndKeepsWhatItWasSent() throws IOException {
    Answer answer =
        meta.client.send(
            template(
                "+" + TO,
                "ref-1",
                "festival_sale",
                "en",
                """
                [{"type":"body","parameters":[{"type":"text","text":"Zoë"}]},
                 {"type":"button","sub_type":"quick_reply","index":"1",
                  "parameters":[{"type":"payload","payload":"STOP_1"}]}]"""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.wamid()).startsWith("wamid.");
    JsonNode message = answer.body().path("messages").path(0);
    assertThat(message.path("message_status").asString("")).isEqualTo("accepted");
    JsonNode contact = answer.body().path("contacts").path(0);
    assertThat(contact.path("input").asString("")).isEqualTo("+" + TO);
    assertThat(contact.path("wa_id").asString("")).isEqualTo(TO);
    assertThat(meta.server.received().messages(TO, "ref-1"))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.id()).isEqualTo(answer.wamid());
              assertThat(kept.template()).isEqualTo("festival_sale");
              assertThat(kept.parameters()).containsExactly("Zoë", "STOP_1");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "5531987654321,553187654321",
    "5511987654321,5511987654321",
    "525512345678,5215512345678"
  })
  void knowsSomeNumbersUnderAnotherId(String to, String waId) throws IOException {
    JsonNode contact = meta.client.hello(to, "r").body().path("contacts").path(0);

    assertThat(contact.path("wa_id").asString("")).isEqualTo(waId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // name | language | components | HTTP status | code | details
        "nothing | en | [] | 404 | 132001 | template name (nothing) does not exist in en",
        "hello_world | de | [] | 404 | 132001 | template name (hello_world) does not exist in de",
        "festival_sale | en | [] | 400 | 132000 | body: number of localizable_params (0) does not"
            + " match the expected number of params (1)",
        "festival_sale | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"\"}]}]"
            + " | 400 | 131008 | body: parameter of type text is missing text value",
        "festival_sale | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\\nb\"}]}]"
            + " | 400 | 100 | Param text cannot have new-line/tab characters or more than 4"
            + " consecutive spaces",
        "win_back | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"text\",\"text\":\"b\"}]}] | 400 | 132012 | body: parameter names do not"
            + " match those of the template",
        "festival_sale | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\","
            + "\"parameter_name\":\"x\",\"text\":\"a\"}]}] | 400 | 132012 | body: parameter_name is"
            + " not allowed in a positional template",
        "cart_reminder | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\"}]}]"
            + " | 400 | 131008 | buttons: Button at index 0 of type URL requires a parameter",
        "hello_world | en_US | [{\"type\":\"button\",\"sub_type\":\"url\",\"index\":0,"
            + "\"parameters\":[{\"type\":\"text\",\"text\":\"a\"}]}] | 400 | 132012 | buttons: the"
            + " template has no button of type URL at index 0",
        "lookbook | en | [{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\"}]}]"
            + " | 400 | 132012 | header: Format mismatch, expected IMAGE, received UNKNOWN"
      })
  void refusesWhatDoesNotFitTheTemplate(
      String name, String language, String components, int status, int code, String details)
      throws IOException {
    Answer answer = meta.client.send(template(TO, "ref", name, language, components));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.details()).isEqualTo(details);
    assertThat(meta.server.received().accepted()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "win_back,'[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"parameter_name\":\"points\",\"text\":\"9\"},{\"type\":\"text\",\"parameter_name\":\"first_name\",\"text\":\"Ann\"}]}]'",
    "coupon,'[{\"type\":\"button\",\"sub_type\":\"copy_code\",\"index\":\"0\",\"parameters\":[{\"type\":\"coupon_code\",\"coupon_code\":\"X\"}]}]'",
    "new_arrivals,'[{\"type\":\"header\",\"parameters\":[{\"type\":\"text\",\"text\":\"May\"}]},{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}]}]'"
  })
  void acceptsEveryKindOfParameter(String name, String components) throws IOException {
    assertThat(meta.client.send(template(TO, "ref", name, "en", components)).status())
        .isEqualTo(200);
  }

  @Test
  void refusesTooLongATextByItsOwnCode() throws IOException {
    String components =
        "[{\"type\":\"body\",\"parameters\":[{\"type\":\"text\",\"text\":\"%s\"}]}]"
            .formatted("x".repeat(1000));

    assertThat(meta.client.send(template(TO, "r", "festival_sale", "en", components)).code())
        .isEqualTo(132005);
  }

  @ParameterizedTest
  @CsvSource({"PAUSED,132015", "DISABLED,132016", "PENDING,132001", "REJECTED,132001"})
  void refusesATemplateThatIsNotApproved(String status, int code) throws IOException {
    meta.client.control(
        "POST",
        "whatsapp/template-status",
        "{\"name\":\"hello_world\",\"status\":\"%s\"}".formatted(status));

    assertThat(meta.client.hello(TO, "ref").code()).isEqualTo(code);
    meta.server.time().runEverythingNow();
    JsonNode change = meta.receiver.changes().getFirst();
    assertThat(change.path("field").asString("")).isEqualTo("message_template_status_update");
    assertThat(change.path("value").path("event").asString("")).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | 400 | 100",
        "{} | 400 | 100",
        "{\"messaging_product\":\"whatsapp\"} | 400 | 131008",
        "{\"messaging_product\":\"whatsapp\",\"to\":\"12ab\",\"type\":\"text\"} | 400 | 131009",
        "{\"messaging_product\":\"whatsapp\",\"to\":\"15550783881\"} | 400 | 131021",
        "{\"messaging_product\":\"whatsapp\",\"to\":\"919820012345\",\"type\":\"fax\"} | 400 | 131051",
        "{\"messaging_product\":\"whatsapp\",\"to\":\"919820012345\",\"type\":\"template\"} | 400 |"
            + " 131008"
      })
  void refusesAMalformedBody(String body, int status, int code) throws IOException {
    Answer answer = meta.client.send(body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void writesErrorsAsMetaDoes() throws IOException {
    JsonNode error =
        meta.client.send(template(TO, "r", "festival_sale", "en", "[]")).body().path("error");

    assertThat(error.propertyNames())
        .isEqualTo(
            new LinkedHashSet<>(
                List.of("message", "type", "code", "error_data", "error_subcode", "fbtrace_id")));
    assertThat(error.path("message").asString(""))
        .isEqualTo("(#132000) Number of parameters does not match the expected number of params");
    assertThat(error.path("type").asString("")).isEqualTo("OAuthException");
    assertThat(error.path("error_subcode").asInt()).isEqualTo(2494073);
    assertThat(error.path("error_data").path("messaging_product").asString(""))
        .isEqualTo("whatsapp");
    assertThat(error.path("fbtrace_id").asString("")).hasSize(23);
  }

  @Test
  void knowsItsOwnTokenOnly() throws IOException {
    meta.client.useToken("somebody-else's");
    Answer answer = meta.client.hello(TO, "ref");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo(190);
  }

  @Test
  void checksTheProofOfTheAppSecret() throws IOException {
    String path = "/v25.0/106540352242922?appsecret_proof=";
    String proof =
        CallbackSignature.proof("0123456789abcdef0123456789abcdef", "simulated-access-token");

    assertThat(meta.client.call("GET", path + proof, "").status()).isEqualTo(200);
    assertThat(meta.client.call("GET", path + "00", "").code()).isEqualTo(100);
  }

  @Test
  void saysOfUnknownObjectsThatTheyDoNotExist() throws IOException {
    Answer answer = meta.client.call("POST", "/v25.0/999/messages", "{}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(100);
    assertThat(answer.body().path("error").path("error_subcode").asInt()).isEqualTo(33);
    assertThat(answer.body().path("error").path("message").asString(""))
        .startsWith("Unsupported post request. Object with ID '999' does not exist");
    assertThat(meta.server.received().requests()).isEqualTo(1);
    assertThat(meta.server.received().refusals()).containsExactly(Map.entry("100", 1));
  }

  @Test
  void takesFreeTextOnlyWithinADayOfThePersonsOwnMessage() throws IOException {
    assertThat(meta.client.send(text(TO, "hello")).code()).isEqualTo(131047);

    meta.client.control("POST", "whatsapp/incoming", "{\"from\":\"+" + TO + "\",\"text\":\"hi\"}");
    assertThat(meta.client.send(text(TO, "hello")).status()).isEqualTo(200);

    meta.time.advanceBy(Duration.ofHours(24));
    assertThat(meta.client.send(text(TO, "hello")).code()).isEqualTo(131047);
  }

  @Test
  void marksAsRead() throws IOException {
    Answer answer =
        meta.client.send(
            "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\"wamid.x\"}");

    assertThat(answer.body().path("success").asBoolean()).isTrue();
  }
}
