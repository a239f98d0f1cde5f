package dev.carillon.channels.meta.whatsapp;

import static dev.carillon.channels.meta.whatsapp.CloudWire.NOW;
import static dev.carillon.channels.meta.whatsapp.CloudWire.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.CallbackAnswer.Item.Incoming;
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

  private final CallbackReader reader = new CallbackReader("106540352242922");

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
        .isEqualTo(
            new Item.Status("ref-1", "wamid.1", FactKind.RECEIPT_SENT, null, null, null, AT));
    assertThat(answer.items().get(1))
        .isEqualTo(
            new Item.Status("ref-1", "wamid.1", FactKind.RECEIPT_DELIVERED, null, null, null, AT));
  }

  @Test
  void aVoiceMessagePlayedIsViewed() {
    assertThat(items(change("\"statuses\":[{\"id\":\"w\",\"status\":\"played\"}]")))
        .containsExactly(new Item.Status(null, "w", FactKind.VIEWED, null, null, null, NOW));
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
                null,
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
                null,
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
            new Item.Status(null, "w", FactKind.RECEIPT_FAILED, "131050", null, "Stopped", AT),
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
            new Incoming(
                "wamid.in",
                FROM,
                AT,
                "wamid.ours",
                "text",
                "When do you open?",
                new Incoming.Wrote()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "button|{\"payload\":\"P\",\"text\":\"Yes please\"}|Yes please|pressed P",
        "button|{\"text\":\"Yes please\"}|Yes please|pressed",
        "interactive|{\"type\":\"button_reply\",\"button_reply\":{\"id\":\"b1\",\"title\":\"Yes\"}}|Yes|pressed b1",
        "interactive|{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"l1\",\"title\":\"Red\"}}|Red|pressed l1",
        "interactive|{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":\"flow\",\"body\":\"Sent\"}}|Sent|shared",
        "interactive|{}||shared",
        "image|{\"id\":\"1\",\"mime_type\":\"image/jpeg\",\"caption\":\"STOP\"}|STOP|shared",
        "audio|{\"id\":\"1\"}||shared",
        "location|{\"latitude\":1.5,\"longitude\":2,\"name\":\"Here\"}|Here|shared",
        "contacts|[{\"name\":{}}]||shared",
        "order|{\"catalog_id\":\"1\"}||shared",
        "reaction|{\"message_id\":\"wamid.ours\",\"emoji\":\"\ud83d\udc4d\"}|\ud83d\udc4d|happened",
        "unsupported|{\"type\":\"poll_creation\"}||happened",
        "request_welcome|{}||happened",
        "system|{\"type\":\"user_identity_changed\"}|Set up WhatsApp anew|happened",
      })
  void onlyWhatAPersonDidIsAReply(
      String type, String content, @Nullable String text, String expected) {
    List<Item> items = items(message(type, "\"" + type + "\":" + content, null));

    assertThat(items).hasSize(1);
    Incoming incoming = (Incoming) items.getFirst();
    assertThat(incoming.type()).isEqualTo(type);
    assertThat(incoming.from()).isEqualTo(FROM);
    assertThat(incoming.at()).isEqualTo(AT);
    assertThat(incoming.text()).isEqualTo(text);
    assertThat(act(incoming.act())).isEqualTo(expected);
    assertThat(incoming.act().isReply()).isEqualTo(!expected.equals("happened"));
  }

  private static String act(Incoming.Act act) {
    return switch (act) {
      case Incoming.Wrote _ -> "wrote";
      case Incoming.Pressed(String payload) -> payload == null ? "pressed" : "pressed " + payload;
      case Incoming.Shared _ -> "shared";
      case Incoming.Happened _ -> "happened";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edit|{\"original_message_id\":\"wamid.1\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"STOP\"}}}",
        "revoke|{\"original_message_id\":\"wamid.1\"}",
        "reaction|{\"message_id\":\"wamid.ours\"}",
      })
  void whatIsChangedOrTakenBackLaterSaysNothing(String type, String content) {
    assertThat(items(message(type, "\"" + type + "\":" + content, null))).isEmpty();
  }

  @Test
  void aTypeThatIsNotKnownIsNoReplyAndCounted() {
    CallbackAnswer.Received answer = reader.read(message("hologram", "\"hologram\":{}", null), NOW);

    assertThat(answer.notUnderstood()).isEqualTo(1);
    assertThat(answer.items())
        .containsExactly(
            new Incoming("wamid.in", FROM, AT, null, "hologram", null, new Incoming.Happened()));
  }

  @Test
  void aReactionNamesItsMessage() {
    String reaction = "\"reaction\":{\"message_id\":\"wamid.ours\",\"emoji\":\"\ud83d\udc4d\"}";

    assertThat(((Incoming) items(message("reaction", reaction, null)).getFirst()).contextId())
        .isEqualTo("wamid.ours");
  }

  @Test
  void aChangedNumberIsReportedWithoutTheNumbers() {
    assertThat(
            items(
                system(
                    "\"from\":\"16505551234\"",
                    "\"body\":\"A changed from 16505551234 to 16505559999\","
                        + "\"wa_id\":\"16505559999\",\"type\":\"user_changed_number\"")))
        .containsExactly(
            new Incoming(
                "w",
                FROM,
                AT,
                null,
                "system",
                "Changed their WhatsApp number",
                new Incoming.Happened()),
            new Item.Moved(FROM, "16505559999", AT));
  }

  @Test
  void aChangedNumberHasNewIdsToo() {
    assertThat(
            items(
                system(
                    "\"from_user_id\":\"US.1\"",
                    "\"wa_id\":\"16505559999\",\"user_id\":\"US.2\",\"parent_user_id\":\"US.ENT.2\","
                        + "\"previous_user_id\":\"US.1\",\"type\":\"user_changed_number\"")))
        .contains(
            new Item.Named("US.2", "16505559999"),
            new Item.Named("US.ENT.2", "16505559999"),
            new Item.Moved("US.1", "16505559999", AT));
  }

  @Test
  void aChangedIdIsStillThePersonsWhereTheNumberIsHidden() {
    assertThat(
            items(
                system(
                    "\"type\":\"system\"",
                    "\"user_id\":\"US.2\",\"previous_user_id\":\"US.1\","
                        + "\"type\":\"user_changed_user_id\"")))
        .contains(new Item.Named("US.2", "US.1"), new Item.Moved("US.1", "US.2", AT));
  }

  @Test
  void aChangeOfIdsMayHaveItsOwnField() {
    assertThat(
            items(
                change(
                    "user_id_update",
                    """
                    "user_id_update":[{"wa_id":"16505559999","timestamp":"1750030073",
                      "user_id":{"previous":"US.1","current":"US.2"}}]""")))
        .containsExactly(
            new Item.Named("US.2", "16505559999"), new Item.Moved("US.1", "16505559999", AT));
  }

  private static byte[] system(String sender, String content) {
    return change(
        """
        "messages":[{%s,"id":"w","timestamp":"1750030073","type":"system","system":{%s}}]"""
            .formatted(sender, content));
  }

  @Test
  void peopleMayBeNamedByIdsAlone() {
    String message =
        """
        "contacts":[{"profile":{"name":"B","username":"b"},"user_id":"US.1","parent_user_id":"US.ENT.1"}],
        "messages":[{"from_user_id":"US.1","from_parent_user_id":"US.ENT.1","id":"wamid.in",
          "timestamp":"1750030073","type":"text","text":{"body":"hi"}}]""";

    assertThat(items(change(message)))
        .contains(
            new Item.Named("US.ENT.1", "US.1"),
            new Incoming("wamid.in", "US.1", AT, null, "text", "hi", new Incoming.Wrote()));
  }

  @Test
  void aNumberAndIdsOfOneCallbackAreOnePersons() {
    String message =
        """
        "contacts":[{"wa_id":"16505551234","user_id":"US.1"}],
        "messages":[{"from":"16505551234","from_user_id":"US.1","id":"wamid.in",
          "timestamp":"1750030073","type":"text","text":{"body":"hi"}}]""";

    assertThat(items(change(message)))
        .contains(
            new Item.Named("US.1", FROM),
            new Incoming("wamid.in", FROM, AT, null, "text", "hi", new Incoming.Wrote()));
  }

  @Test
  void aStatusNamesTheRecipient() {
    String statuses =
        """
        "statuses":[{"id":"w","status":"read","timestamp":"1750030073","recipient_user_id":"US.1",
          "parent_recipient_user_id":"US.ENT.1","biz_opaque_callback_data":"ref"},
          {"id":"w2","status":"read","timestamp":"1750030073","recipient_id":"16505551234",
          "recipient_user_id":"US.1"},
          {"id":"w3","status":"read","timestamp":"1750030073","recipient_type":"group",
          "recipient_user_id":"US.9"}]""";

    assertThat(items(change(statuses)))
        .filteredOn(item -> !(item instanceof Item.Status))
        .containsExactly(
            new Item.Recipient("US.1", "ref", "w"),
            new Item.Recipient("US.ENT.1", "ref", "w"),
            new Item.Named("US.1", FROM));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsAboutAnotherNumberIsKeptApart(boolean first) {
    String metadata = "\"metadata\":{\"phone_number_id\":\"777\"}";
    String rest =
        """
        "messages":[{"from":"16505551234","id":"w","type":"text","text":{"body":"Cancel"}},{}],
        "user_preferences":[{"wa_id":"16505551234","value":"stop"}]""";
    String value = first ? metadata + "," + rest : rest + "," + metadata;
    CallbackAnswer.Received answer =
        read(
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"changes\":[{\"value\":{"
                + value
                + "},\"field\":\"messages\"}]}]}");

    assertThat(answer.items()).isEmpty();
    assertThat(answer.notUnderstood()).isZero();
    assertThat(answer.elsewhere())
        .extracting(CallbackAnswer.Elsewhere::number)
        .containsExactly("777");
    assertThat(answer.elsewhere().getFirst().items()).hasSize(2);
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
  void anIdCanHavePreferences() {
    String preferences =
        """
        "user_preferences":[{"user_id":"US.1","parent_user_id":"US.ENT.1","value":"stop",
          "category":"marketing_messages","timestamp":1750030073}]""";

    assertThat(items(change("user_preferences", preferences)))
        .containsExactly(new Item.Named("US.ENT.1", "US.1"), new Item.Wish("US.1", false, AT));
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
