package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.ConnectionTest.Detail;
import dev.carillon.engine.provider.ConnectionTest.Outcome;
import dev.carillon.engine.provider.TemplateCatalog.Button;
import dev.carillon.engine.provider.TemplateCatalog.Header;
import dev.carillon.engine.provider.TemplateCatalog.Listing;
import dev.carillon.engine.provider.TemplateCatalog.Template;
import dev.carillon.testkit.provider.Reply;
import dev.carillon.testkit.provider.ScriptedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AccountReaderTest {
  private final ScriptedServer server = new ScriptedServer();
  private final WhatsAppCloudProvider provider = CloudWire.provider();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aWorkingConnectionDescribesItsNumber() {
    server.then(
        Reply.Answer.of(
            200,
            """
            {"verified_name":"Acme","display_phone_number":"+1 555-078-3881","quality_rating":"GREEN",
             "throughput":{"level":"STANDARD"},"id":"106540352242922"}"""));

    assertThat(provider.test(connection()))
        .isEqualTo(
            new Outcome(
                true,
                "The number can be reached with this token.",
                List.of(
                    new Detail("Name", "Acme"),
                    new Detail("Number", "+1 555-078-3881"),
                    new Detail("Quality", "GREEN"),
                    new Detail("Throughput", "STANDARD"))));
    assertThat(server.requests().getFirst().method()).isEqualTo("GET");
    assertThat(server.requests().getFirst().target())
        .startsWith("/v25.0/106540352242922?fields=")
        .contains("quality_rating");
    assertThat(server.requests().getFirst().headers())
        .containsEntry("authorization", "Bearer EAAtesttoken");
  }

  @Test
  void aWrongTokenIsExplained() {
    server.then(CloudWire.error(401, 190, "Error validating access token"));

    Outcome outcome = provider.test(connection());

    assertThat(outcome.works()).isFalse();
    assertThat(outcome.words()).contains("access token", "Code 190");
  }

  @Test
  void whateverElseGoesWrongIsSaid() {
    server.then(Reply.Answer.of(404, "<html>")).otherwise(request -> new Reply.Close());

    assertThat(provider.test(connection()).words()).contains("HTTP 404");
    assertThat(provider.test(connection()).words()).startsWith("No answer");
    server.close();
    assertThat(provider.test(connection()).words()).startsWith("No connection");
    assertThat(provider.test(new Connection(1, "whatsapp-cloud", "n", Map.of(), Map.of())).works())
        .isFalse();
  }

  @Test
  void templatesOfAllPages() {
    server
        .then(
            Reply.Answer.of(
                200,
                """
                {"data":[
                 {"name":"welcome","language":"en","status":"PAUSED","category":"UTILITY",
                  "parameter_format":"NAMED","components":[{"type":"BODY","text":"Hi {{first_name}}, {{ code }}"}]},
                 {"name":"broken"}],
                 "paging":{"cursors":{"before":"a","after":"next one"},"next":"http://evil.example/"}}"""))
        .then(
            Reply.Answer.of(
                200,
                """
                {"data":[{"name":"summer_sale","language":"en_US","status":"APPROVED","category":"MARKETING",
                  "id":"594425479261596","components":[
                   {"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://x"]}},
                   {"type":"BODY","text":"Hi {{2}}, use {{1}} or {{10}}","example":{"body_text":[["a","b"]]}},
                   {"type":"FOOTER","text":"Bye"},
                   {"type":"BUTTONS","buttons":[
                     {"type":"URL","text":"Shop","url":"https://l.acme.com/{{1}}","example":["x"]},
                     {"type":"URL","text":"Site","url":"https://acme.com/"},
                     {"type":"QUICK_REPLY","text":"Stop"},
                     {"type":"COPY_CODE","example":"SAVE"},
                     {"type":"PHONE_NUMBER","text":"Call","phone_number":"15550783881"}]}]}],
                 "paging":{"cursors":{"before":"b","after":"c"}}}"""));

    Listing listing = provider.templates(connection());

    assertThat(listing.problem()).isNull();
    assertThat(listing.templates())
        .containsExactly(
            new Template(
                "summer_sale",
                "en_US",
                "APPROVED",
                "MARKETING",
                new Header("image", "", List.of()),
                "Hi {{2}}, use {{1}} or {{10}}",
                List.of("1", "2", "10"),
                false,
                "Bye",
                List.of(
                    new Button(0, "url", "Shop", "https://l.acme.com/{{1}}", true),
                    new Button(1, "url", "Site", "https://acme.com/", false),
                    new Button(2, "quick_reply", "Stop", "", false),
                    new Button(3, "copy_code", "", "", true),
                    new Button(4, "phone_number", "Call", "", false))),
            new Template(
                "welcome",
                "en",
                "PAUSED",
                "UTILITY",
                null,
                "Hi {{first_name}}, {{ code }}",
                List.of("first_name", "code"),
                true,
                "",
                List.of()));
    assertThat(listing.templates().getFirst().usable()).isTrue();
    assertThat(listing.templates().getLast().usable()).isFalse();
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getLast().target())
        .startsWith("/v25.0/102290129340398/message_templates?")
        .endsWith("&after=next+one");
  }

  @Test
  void aListThatBreaksOffSaysSo() {
    server
        .then(
            Reply.Answer.of(
                200,
                """
                {"data":[{"name":"a","language":"en","status":"APPROVED"}],
                 "paging":{"cursors":{"after":"x"},"next":"https://more"}}"""))
        .then(CloudWire.error(400, 80007, "Too many calls"));

    Listing listing = provider.templates(connection());

    assertThat(listing.templates()).hasSize(1);
    assertThat(listing.problem()).contains("80007");
  }

  @Test
  void withoutAnAccountIdTheListSaysWhatIsMissing() {
    Connection connection = connection();
    Connection without =
        new Connection(
            1,
            connection.type(),
            "n",
            Map.of("phoneNumberId", "1", "baseUrl", server.address().toString()),
            connection.secrets());

    assertThat(provider.templates(without).problem()).contains("business account ID");
    assertThat(server.requests()).isEmpty();
  }

  private Connection connection() {
    return CloudWire.connection(server.address(), 20);
  }
}
