package dev.carillon.channels.whatsapp.cloud;

import static dev.carillon.channels.whatsapp.cloud.CloudWire.NOW;
import static dev.carillon.channels.whatsapp.cloud.CloudWire.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.channel.CallbackAnswer;
import dev.carillon.engine.channel.CallbackAnswer.Item;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallbackReaderTest {
  private static final Instant AT = Instant.ofEpochSecond(1750030073);
  private static final String FROM = "16505551234";

  private final CallbackReader reader = new CallbackReader(StopWords.with(List.of("BASTA")));

  @Test
  void severalEntriesChangesAndStatusesInOneBody() {
    String one =
        """
        {"id":"wamid.1","status":"sent","timestamp":"1750030073","recipient_id":"16505551234",
         "biz_opaque_callback_data":"ref-1","conversation":{"id":"72b1","origin":{"type":"marketing"}},
         "pricing":{"billable":true,"pricing_model":"PMP","category":"marketing"}}""";
    String value = "{\"statuses\":[" + one + "," + one.replace("sent", "delivered") + "]}";
    String entry =
        "{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":"
            + value
            + "},{\"value\":"
            + value
            + ",\"field\":\"messages\"}]}";

    CallbackAnswer.Received answer =
        read("{\"entry\":[" + entry + "," + entry + "],\"object\":\"whatsapp_business_account\"}");

    assertThat(answer.items()).hasSize(8);
    assertThat(answer.notUnderstood()).isZero();
    assertThat(answer.items().get(0))
        .isEqualTo(new Item.Status("ref-1", "wamid.1", FactKind.RECEIPT_SENT, null, null, AT));
    assertThat(answer.items().get(1))
        .isEqualTo(new Item.Status("ref-1", "wamid.1", FactKind.RECEIPT_DELIVERED, null, null, AT));
  }

  @Test
  void aVoiceMessagePlayedIsViewed() {
    assertThat(items(change("\"statuses\":[{\"id\":\"w\",\"status\":\"played\"}]")))
        .containsExactly(new Item.Status(null, "w", FactKind.VIEWED, null, null, NOW));
  }

  @Test
  void aFailureHasCodeAndTheProvidersWords() {
    String failed =
        """
        "statuses":[{"id":"w","status":"failed","timestamp":"1750030073","recipient_id":"1650",
         "errors":[{"code":131049,"title":"Held back","message":"Held back by Meta",
           "error_data":{"details":"In order to maintain a healthy ecosystem."},"href":"/x"}]}]""";

    assertThat(items(change(failed)))
        .containsExactly(
            new Item.Status(
                null,
                "w",
                FactKind.RECEIPT_FAILED,
                "131049",
                "In order to maintain a healthy ecosystem.",
                AT));
  }

  @Test
  void aFailureWithoutAReasonHasACodeToo() {
    assertThat(items(change("\"statuses\":[{\"id\":\"w\",\"status\":\"failed\"}]")))
        .containsExactly(
            new Item.Status(
                null,
                "w",
                FactKind.RECEIPT_FAILED,
                "unspecified",
                "The provider gave no reason.",
                NOW));
  }

  @Test
  void whoStoppedMarketingMessagesIsUnsubscribed() {
    String failed =
        """
        "statuses":[{"id":"w","status":"failed","timestamp":"1750030073","recipient_id":"16505551234",
         "errors":[{"code":131050,"title":"Stopped"}]}]""";

    assertThat(items(change(failed)))
        .containsExactly(
            new Item.Status(null, "w", FactKind.RECEIPT_FAILED, "131050", "Stopped", AT),
            new Item.Wish(FROM, false, AT));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"1750030073\"', 2025-06-15T23:27:53Z",
    "1750030073, 2025-06-15T23:27:53Z",
    "'\"1795169730\"', 2026-11-20T10:15:30Z",
    "'\"1795169731\"', 2026-11-20T10:15:30.5Z",
    "'\"1750030073000\"', 2026-11-20T10:15:30.5Z",
    "'\"-5\"', 2026-11-20T10:15:30.5Z",
    "'\"0\"', 2026-11-20T10:15:30.5Z",
    "'\"\"', 2026-11-20T10:15:30.5Z",
    "'\"soon\"', 2026-11-20T10:15:30.5Z",
    "'\"99999999999999999999999\"', 2026-11-20T10:15:30.5Z",
    "1.5, 2026-11-20T10:15:30.5Z",
    "null, 2026-11-20T10:15:30.5Z",
    "{}, 2026-11-20T10:15:30.5Z",
  })
  void timesAreSecondsAndNeverLaterThanTheyCame(String timestamp, Instant at) {
    String status =
        "\"statuses\":[{\"id\":\"w\",\"status\":\"read\",\"timestamp\":" + timestamp + "}]";

    assertThat(((Item.Status) items(change(status)).getFirst()).at()).isEqualTo(at);
  }

  @Test
  void itemsThatMakeNoSenseAreCountedAndTheRestIsKept() {
    CallbackAnswer.Received answer =
        reader.read(
            change(
                """
                "statuses":[{"status":"read"},7,null,{"id":"w","status":"dreamt"},
                  {"id":"w","status":"read"}],
                "messages":[{"from":"1650"},[]]"""),
            NOW);

    assertThat(answer.items()).hasSize(1);
    assertThat(answer.notUnderstood()).isEqualTo(6);
  }

  @Test
  void anotherObjectsCallbackIsNotUnderstood() {
    assertThat(
            read(
                """
                {"entry":[{"changes":[{"value":{"statuses":[{"id":"w","status":"read"}]}}]}],
                 "object":"page"}"""))
        .isEqualTo(new CallbackAnswer.Received(List.of(), 1));
  }

  @Test
  void aReplyNamesItsMessage() {
    assertThat(items(message("text", "\"text\":{\"body\":\"When do you open?\"}", "wamid.ours")))
        .containsExactly(
            new Item.Incoming("wamid.in", FROM, AT, "wamid.ours", "text", "When do you open?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "button|{\"payload\":\"P\",\"text\":\"Yes please\"}|Yes please",
        "interactive|{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b1\",\"title\":\"Yes\"}}|Yes",
        "interactive|{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"l1\",\"title\":\"Red\"}}|Red",
        "interactive|{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\"}}|Sent",
        "interactive|{}|",
        "image|{\"id\":\"1\",\"mime_type\":\"image/jpeg\",\"caption\":\"Look\"}|Look",
        "audio|{\"id\":\"1\"}|",
        "location|{\"latitude\":1.5,\"longitude\":2,\"name\":\"Here\"}|Here",
        "contacts|[{\"name\":{}}]|",
        "order|{\"catalog_id\":\"1\"}|",
        "unsupported|{}|",
      })
  void everyTypeOfMessageComesIn(String type, String content, @Nullable String text) {
    assertThat(items(message(type, "\"" + type + "\":" + content, null)))
        .containsExactly(new Item.Incoming("wamid.in", FROM, AT, null, type, text));
  }

  @Test
  void aReactionNamesItsMessageAndOneTakenBackSaysNothing() {
    String reaction = "\"reaction\":{\"message_id\":\"wamid.ours\",\"emoji\":\"\\ud83d\\udc4d\"}";

    assertThat(items(message("reaction", reaction, null)))
        .containsExactly(
            new Item.Incoming("wamid.in", FROM, AT, "wamid.ours", "reaction", "\ud83d\udc4d"));
    assertThat(items(message("reaction", "\"reaction\":{\"message_id\":\"wamid.ours\"}", null)))
        .isEmpty();
  }

  @Test
  void aChangedNumberIsNewsWithoutTheNumber() {
    String system =
        """
        "messages":[{"from":"16505551234","id":"w","timestamp":"1750030073","type":"system",
         "system":{"body":"User A changed from 16505551234 to 16505559999","wa_id":"16505559999",
           "type":"user_changed_number"}}]""";

    assertThat(items(change(system)))
        .containsExactly(new Item.Notice("system", "A person has changed their WhatsApp number"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        " Stop \\n",
        "Unsubscribe",
        "CANCEL",
        "end",
        "QUIT",
        "StopAll",
        "basta"
      })
  void aStopWordUnsubscribes(String word) {
    assertThat(items(message("text", "\"text\":{\"body\":\"" + word + "\"}", null)))
        .hasSize(2)
        .endsWith(new Item.Wish(FROM, false, AT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"START", "unstop"})
  void aStartWordSubscribes(String word) {
    assertThat(items(message("text", "\"text\":{\"body\":\"" + word + "\"}", null)))
        .endsWith(new Item.Wish(FROM, true, AT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"please stop", "STOP!", "stopper", "ending", ""})
  void otherWordsAreNoWish(String word) {
    assertThat(items(message("text", "\"text\":{\"body\":\"" + word + "\"}", null)))
        .hasSize(1)
        .first()
        .isInstanceOf(Item.Incoming.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STOP_987|Stop these|false",
        "STOP|Enough|false",
        "stop-12|Enough|false",
        "x1|Stop|false",
        "STOPALL|Enough|false",
        "START_1|Back|true",
      })
  void aQuickReplyCanStop(String payload, String label, boolean subscribed) {
    String button = "\"button\":{\"payload\":\"%s\",\"text\":\"%s\"}".formatted(payload, label);

    assertThat(items(message("button", button, "wamid.ours")))
        .containsExactly(
            new Item.Incoming("wamid.in", FROM, AT, "wamid.ours", "button", label),
            new Item.Wish(FROM, subscribed, AT));
  }

  @Test
  void aPayloadThatOnlyBeginsWithTheLettersIsNoWish() {
    assertThat(
            items(
                message("button", "\"button\":{\"payload\":\"STOPOVER\",\"text\":\"Fly\"}", null)))
        .hasSize(1);
  }

  @Test
  void anInteractiveButtonCanStop() {
    String reply =
        "\"interactive\":{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"STOP_1\",\"title\":\"No\"}}";

    assertThat(items(message("interactive", reply, null))).endsWith(new Item.Wish(FROM, false, AT));
  }

  @Test
  void marketingPreferencesAreWishes() {
    String preferences =
        """
        "user_preferences":[
          {"wa_id":"16505551234","category":"marketing_messages","value":"stop","timestamp":1750030073},
          {"wa_id":"16505551235","category":"marketing_messages","value":"resume","timestamp":"1750030073"}]""";

    assertThat(items(change("user_preferences", preferences)))
        .containsExactly(new Item.Wish(FROM, false, AT), new Item.Wish("16505551235", true, AT));
  }

  @Test
  void newsOfTheAccount() {
    String paused =
        """
        "event":"PAUSED","message_template_id":1234567,"message_template_name":"summer_sale",
        "message_template_language":"en_US","reason":null,"other_info":{"title":"FIRST_PAUSE"}""";

    List<Item> items = items(change("message_template_status_update", paused));

    assertThat(items).hasSize(1);
    Item.Notice notice = (Item.Notice) items.getFirst();
    assertThat(notice.topic()).isEqualTo("message_template_status_update");
    assertThat(notice.text())
        .contains("event: PAUSED", "message template name: summer_sale", "title: FIRST_PAUSE");
  }

  @Test
  void errorsOfTheNumberAreNews() {
    assertThat(
            items(change("\"errors\":[{\"code\":131031,\"title\":\"Account has been locked\"}]")))
        .containsExactly(new Item.Notice("errors", "131031: Account has been locked"));
  }

  @Test
  void changesOfAnotherKindAreCounted() {
    assertThat(reader.read(change("calls", "\"calls\":[{}]"), NOW))
        .isEqualTo(new CallbackAnswer.Received(List.of(), 1));
  }

  private CallbackAnswer.Received read(String body) {
    return reader.read(body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  private List<Item> items(byte[] body) {
    CallbackAnswer.Received answer = reader.read(body, NOW);
    assertThat(answer.notUnderstood()).isZero();
    return answer.items();
  }

  private static byte[] message(String type, String content, @Nullable String context) {
    String named =
        context == null ? "" : ",\"context\":{\"from\":\"15550783881\",\"id\":\"" + context + "\"}";
    return change(
        """
        "contacts":[{"profile":{"name":"Ann"},"wa_id":"16505551234"}],
        "messages":[{"from":"16505551234","id":"wamid.in","timestamp":"1750030073","type":"%s",%s%s}]"""
            .formatted(type, content, named));
  }
}
