package dev.carillon.channels.meta.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.core.channel.WhatsAppTemplate.Button;
import dev.carillon.core.channel.WhatsAppTemplate.Header;
import dev.carillon.core.channel.WhatsAppTemplate.Parameter;
import dev.carillon.core.message.FactKind;
import dev.carillon.engine.provider.CallbackAnswer.Item;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import dev.carillon.engine.provider.TemplateCatalog;
import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.meta.account.WhatsAppAccount;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.people.People;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.WireAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The adapter against the simulator, which was written from the documentation independently. */
final class CloudSimulatorTest {
  private static final WhatsAppAccount ACCOUNT = WhatsAppAccount.standard();
  private static final MessageContent ORDER =
      template("order_update", "en", null, parameters("{{ name }}", "#{{ order }}"), List.of());
  private static final String ANN = "{\"name\":\"Ann\",\"order\":77}";
  private static final String PHONE = "447700900123";

  private final SimulatedTime time = SimulatedTime.stoppedAt(Instant.parse("2026-11-01T09:00:00Z"));
  private final WhatsAppCloudProvider provider = CloudWire.provider();
  private SimulatorServer simulator;
  private Connection connection;
  private Provider.Sender sender;
  private Hook hook;

  @BeforeEach
  void start() throws Exception {
    simulator =
        SimulatorServer.start(
            0,
            SimulatorSettings.seeded(7)
                .people(PeopleSettings.obedient())
                .whatsApp(WhatsAppSettings.standard().limits(WhatsAppLimits.unlimited())),
            time);
    connection = connection();
    sender = provider.open(connection);
    hook = new Hook(provider, connection, time);
    assertThat(
            simulator
                .whatsApp()
                .subscribe(
                    ACCOUNT.businessAccountId(),
                    hook.address(),
                    CloudWire.VERIFY_TOKEN,
                    ACCOUNT.appSecret()))
        .isEmpty();
  }

  @AfterEach
  void stop() {
    sender.close();
    simulator.close();
    hook.close();
    time.close();
    assertThat(hook.notWelcome()).isEmpty();
  }

  @Test
  void everyFormOfTemplateIsTakenAndComesBackUnderItsReference() throws Exception {
    List<MessageContent> contents =
        List.of(
            ORDER,
            template("hello_world", "en_US", null, List.of(), List.of()),
            template("festival_sale", "pt_BR", null, parameters("{{ name }}"), List.of()),
            template(
                "festival_sale",
                "en",
                null,
                parameters("{{ name }}"),
                List.of(new Button(1, "quick_reply", "STOP_{{ order }}"))),
            template(
                "new_arrivals",
                "en",
                new Header("text", "{{ city | default: 'town' }}"),
                parameters("{{ name }}", "shoes"),
                List.of()),
            template(
                "win_back",
                "en",
                null,
                List.of(
                    new Parameter("first_name", "{{ name }}"),
                    new Parameter("points", "{{ order }}")),
                List.of()),
            template(
                "cart_reminder",
                "en",
                null,
                parameters("{{ name }}"),
                List.of(new Button(0, "url", "aB3xY"))),
            template(
                "coupon", "en", null, List.of(), List.of(new Button(0, "copy_code", "SAVE20"))),
            template(
                "lookbook",
                "en",
                new Header("image", "https://cdn.example/look.jpg"),
                parameters("{{ name }}"),
                List.of()));
    Set<String> ids = new HashSet<>();
    Set<String> references = new HashSet<>();
    for (int i = 0; i < contents.size(); i++) {
      String to = "44770090010" + i;
      String reference = "c1-s" + i;
      SendResult result = sender.send(sender.prepare(contents.get(i), to, ANN), reference);
      assertThat(result).as(contents.get(i).toString()).isInstanceOf(SendResult.Accepted.class);
      ids.add(((SendResult.Accepted) result).providerMessageId());
      references.add(reference);
    }

    time.advanceBy(Duration.ofDays(2));

    for (FactKind kind : List.of(FactKind.RECEIPT_SENT, FactKind.VIEWED)) {
      List<Item.Status> statuses = statuses(kind);
      assertThat(statuses).extracting(Item.Status::reference).containsAll(references);
      assertThat(statuses).extracting(Item.Status::providerMessageId).containsAll(ids);
      assertThat(statuses).allSatisfy(s -> assertThat(s.at()).isAfter(Instant.EPOCH));
    }
    assertThat(simulator.received().duplicates()).isEmpty();
  }

  @Test
  void aBrazilianNumberIsWrittenAnotherWay() throws Exception {
    SendResult result = sender.send(sender.prepare(ORDER, "+55 71 98765-4321", ANN), "r");

    assertThat(result).isInstanceOf(SendResult.Accepted.class);
    assertThat(((SendResult.Accepted) result).providerAddress()).isEqualTo("557187654321");
  }

  @Test
  void everyErrorOfTheSimulatorIsUnderstoodWhateverItsStatus() throws Exception {
    int[] codes = {
      1, 2, 4, 10, 190, 368, 80007, 130429, 130472, 130497, 131000, 131005, 131008, 131009, 131016,
      131021, 131026, 131030, 131031, 131042, 131045, 131047, 131048, 131049, 131056, 132000,
      132001, 132015, 132016, 135000
    };
    for (int code : codes) {
      for (Integer status : new @Nullable Integer[] {null, 200}) {
        simulator
            .whatsApp()
            .script(OutcomeRule.next(1, new Outcome.Refused(code, status, "scripted")));
        SendResult result = sender.send(prepared(), "c2-s" + code);

        assertThat(result).as("%s %s", code, status).isInstanceOf(SendResult.Failed.class);
        SendResult.Failed failed = (SendResult.Failed) result;
        assertThat(failed.code()).isEqualTo("" + code);
        assertThat(failed.text()).isEqualTo("scripted");
        assertThat(failed.meaning()).isEqualTo(provider.explain("" + code));
      }
    }
    assertThat(simulator.received().accepted()).isZero();
  }

  @Test
  void aMissingAnswerIsUnknownAndTheCallbackProvesTheSend() throws Exception {
    List<WireAnswer> answers =
        List.of(
            new WireAnswer.Cut(),
            new WireAnswer.Reply(200, "text/html", "<p>hello</p>", Map.of()),
            new WireAnswer.Reply(500, "text/html", "", Map.of()),
            new WireAnswer.BrokenOff(
                new WireAnswer.Reply(200, "application/json", "{\"messages\":[]}", Map.of())));
    for (int i = 0; i < answers.size(); i++) {
      String reference = "unknown-" + i;
      simulator.whatsApp().script(OutcomeRule.next(1, new Outcome.Spoilt(true, answers.get(i))));

      assertThat(sender.send(prepared(), reference))
          .as(answers.get(i).toString())
          .isInstanceOf(SendResult.Unknown.class);
      assertThat(simulator.received().times(reference)).isEqualTo(1);
    }

    time.advanceBy(Duration.ofDays(2));

    assertThat(statuses(FactKind.RECEIPT_SENT))
        .extracting(Item.Status::reference)
        .contains("unknown-0", "unknown-1", "unknown-2", "unknown-3");
  }

  @Test
  void limitsAreThrottles() throws Exception {
    simulator.whatsApp().limit(WhatsAppLimits.standard().messagesPerSecond(2));
    List<SendResult> results = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      results.add(sender.send(sender.prepare(ORDER, "44770090020" + i, ANN), "limit-" + i));
    }

    assertThat(results.getFirst()).isInstanceOf(SendResult.Accepted.class);
    assertThat(results.getLast()).isInstanceOf(SendResult.Failed.class);
    assertThat(((SendResult.Failed) results.getLast()).code()).isEqualTo("130429");
  }

  @Test
  void aPausedTemplateIsNewsAndAReasonToPause() throws Exception {
    simulator
        .whatsApp()
        .changeTemplateStatus(ACCOUNT.businessAccountId(), "order_update", "PAUSED");
    time.advanceBy(Duration.ofMinutes(1));

    assertThat(hook.items())
        .anySatisfy(
            item -> {
              assertThat(item).isInstanceOf(Item.Notice.class);
              assertThat(((Item.Notice) item).topic()).isEqualTo("message_template_status_update");
              assertThat(((Item.Notice) item).text()).contains("PAUSED", "order_update");
            });
    SendResult result = sender.send(prepared(), "paused");
    assertThat(result).isInstanceOf(SendResult.Failed.class);
    assertThat(((SendResult.Failed) result).code()).isEqualTo("132015");
  }

  @Test
  void repliesNameTheirMessage() throws Exception {
    SendResult.Accepted sent = (SendResult.Accepted) sender.send(prepared(), "reply");
    time.advanceBy(Duration.ofDays(1));
    hook.forget();

    simulator.whatsApp().write(PHONE, "When?", Optional.of(sent.providerMessageId()));
    simulator.whatsApp().write(PHONE, "Stop", Optional.empty());
    time.advanceBy(Duration.ofMinutes(1));

    List<Item.Incoming> incoming =
        hook.items().stream()
            .filter(Item.Incoming.class::isInstance)
            .map(Item.Incoming.class::cast)
            .toList();
    assertThat(incoming).extracting(Item.Incoming::text).containsExactlyInAnyOrder("When?", "Stop");
    assertThat(incoming)
        .filteredOn(message -> "When?".equals(message.text()))
        .extracting(Item.Incoming::contextId)
        .containsExactly(sent.providerMessageId());
    assertThat(incoming)
        .allSatisfy(
            message -> {
              assertThat(message.from()).isEqualTo(PHONE);
              assertThat(message.act()).isEqualTo(new Item.Incoming.Wrote());
            });
  }

  @Test
  void aFailureThatComesLaterHasItsCode() throws Exception {
    simulator
        .whatsApp()
        .script(OutcomeRule.next(1, new Outcome.FailedLater(131026, Duration.ofSeconds(5), true)));
    sender.send(prepared(), "later");
    time.advanceBy(Duration.ofHours(1));

    assertThat(statuses(FactKind.RECEIPT_FAILED))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.reference()).isEqualTo("later");
              assertThat(status.detail()).isEqualTo("131026");
              assertThat(status.text()).isNotBlank();
            });
  }

  @Test
  void lifelikePeopleInAMessAreUnderstoodToTheLastCallback() throws Exception {
    simulator
        .whatsApp()
        .populate(
            new People(
                11, new PeopleSettings(1, 0.1, 0.05, 0.02, 0.1, 0.2, 0.8, 0.3, 0.2, 0.1, 0)));
    simulator.whatsApp().misbehave(WebhookChaos.ordinary());
    MessageContent sale =
        template("festival_sale", "en", null, parameters("{{ name }}"), List.of());
    Set<String> references = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      String reference = "mess-" + i;
      sender.send(sender.prepare(sale, "4477009%05d".formatted(i), ANN), reference);
      references.add(reference);
    }
    time.advanceBy(Duration.ofDays(30));

    assertThat(hook.items().stream().map(Object::getClass).distinct().toList())
        .contains(Item.Status.class, Item.Incoming.class, Item.Wish.class);
    assertThat(
            hook.items().stream()
                .filter(Item.Status.class::isInstance)
                .map(item -> ((Item.Status) item).reference()))
        .isSubsetOf(references);
  }

  @Test
  void aNamedPlaceInTheHeaderIsTakenByItsNameOnly() throws Exception {
    simulator
        .whatsApp()
        .addTemplate(
            ACCOUNT.businessAccountId(),
            JsonMapper.shared()
                .readTree(
                    """
                    {"name":"city_night","language":"en","category":"MARKETING",
                     "parameter_format":"NAMED","components":[
                      {"type":"HEADER","format":"TEXT","text":"Tonight in {{city}}"},
                      {"type":"BODY","text":"Come along, {{first_name}}."}]}"""));
    List<Parameter> body = List.of(new Parameter("first_name", "{{ name }}"));
    MessageContent named =
        template("city_night", "en", new Header("text", "city", "Pune"), body, List.of());
    MessageContent numbered =
        template("city_night", "en", new Header("text", "Pune"), body, List.of());

    assertThat(sender.send(sender.prepare(named, PHONE, ANN), "c1-named"))
        .isInstanceOf(SendResult.Accepted.class);
    assertThat(sender.send(sender.prepare(numbered, PHONE, ANN), "c1-numbered"))
        .isInstanceOfSatisfying(
            SendResult.Failed.class, failed -> assertThat(failed.code()).isEqualTo("132012"));
  }

  @Test
  void theConnectionIsTestedAndItsTemplatesAreListed() {
    assertThat(provider.test(connection).works()).isTrue();
    TemplateCatalog.Listing listing = provider.templates(connection);

    assertThat(listing.problem()).isNull();
    assertThat(listing.templates())
        .hasSize(9)
        .allMatch(TemplateCatalog.Template::usable)
        .anySatisfy(
            template -> {
              assertThat(template.name()).isEqualTo("win_back");
              assertThat(template.named()).isTrue();
              assertThat(template.places()).containsExactly("first_name", "points");
            });
  }

  @Test
  void aWrongTokenAndAWrongNumberAreSaid() {
    Map<String, String> secrets = new HashMap<>(connection.secrets());
    secrets.put("accessToken", "wrong");
    Connection wrongToken =
        new Connection(3, "whatsapp-cloud", "n", connection.settings(), secrets);
    Map<String, Object> settings = new HashMap<>(connection.settings());
    settings.put("phoneNumberId", "999");
    Connection wrongNumber =
        new Connection(3, "whatsapp-cloud", "n", settings, connection.secrets());

    assertThat(provider.test(wrongToken).works()).isFalse();
    assertThat(provider.test(wrongToken).words()).contains("token");
    assertThat(provider.test(wrongNumber).works()).isFalse();
    assertThat(provider.test(wrongNumber).words()).contains("phone number ID");
  }

  private Provider.Prepared prepared() throws Exception {
    return sender.prepare(ORDER, PHONE, ANN);
  }

  private List<Item.Status> statuses(FactKind kind) {
    return hook.items().stream()
        .filter(Item.Status.class::isInstance)
        .map(Item.Status.class::cast)
        .filter(status -> status.kind() == kind)
        .toList();
  }

  private Connection connection() {
    return new Connection(
        3,
        "whatsapp-cloud",
        "Simulated",
        Map.of(
            "baseUrl", simulator.baseUrl().toString(),
            "phoneNumberId", ACCOUNT.phoneNumberId(),
            "businessAccountId", ACCOUNT.businessAccountId(),
            "appSecretProof", true,
            "timeoutSeconds", 20),
        Map.of(
            "accessToken", ACCOUNT.accessToken(),
            "appSecret", ACCOUNT.appSecret(),
            "verifyToken", CloudWire.VERIFY_TOKEN));
  }

  private static List<Parameter> parameters(String... texts) {
    return Arrays.stream(texts).map(text -> new Parameter(null, text)).toList();
  }

  private static MessageContent template(
      String name,
      String language,
      @Nullable Header header,
      List<Parameter> parameters,
      List<Button> buttons) {
    return new WhatsAppTemplate(3, name, language, header, parameters, buttons);
  }
}
