package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.simulator.SimulatorServer;
import dev.carillon.simulator.SimulatorSettings;
import dev.carillon.simulator.meta.WhatsAppLimits;
import dev.carillon.simulator.meta.WhatsAppSettings;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import dev.carillon.simulator.meta.webhook.WebhookDelivery;
import dev.carillon.simulator.people.PeopleSettings;
import dev.carillon.simulator.received.ReceivedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A campaign that a server sends through a simulated WhatsApp while a test does it harm: people who
 * read, reply and buy, and callbacks that come late, twice and in any order.
 */
public final class SendingLoad {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int CONTROL_PERCENT = 10;

  private final Api api;
  private final SimulatorServer simulator;
  private final int users;
  private final String connection;
  private final String campaign;

  private SendingLoad(
      Api api, SimulatorServer simulator, int users, String connection, String campaign) {
    this.api = api;
    this.simulator = simulator;
    this.users = users;
    this.connection = connection;
    this.campaign = campaign;
  }

  /** A simulator whose callbacks misbehave. */
  public static SimulatorSettings simulator(long seed, PeopleSettings people) {
    WhatsAppSettings whatsApp =
        WhatsAppSettings.standard()
            .limits(WhatsAppLimits.unlimited())
            .delivery(
                new WebhookDelivery(
                    20, Duration.ofMillis(50), Duration.ofMillis(300), Duration.ofDays(7), 4))
            .chaos(
                new WebhookChaos(
                    0.2,
                    Duration.ofSeconds(2),
                    0.1,
                    Duration.ofSeconds(5),
                    0.02,
                    Duration.ofSeconds(20),
                    0,
                    0.05));
    return SimulatorSettings.seeded(seed).people(people).whatsApp(whatsApp);
  }

  /** Uploads the people, connects the simulator, and launches the campaign to all of them. */
  public static SendingLoad launch(
      Api api, SimulatorServer simulator, int users, int messagesPerSecond) {
    String connection = WhatsAppConnection.make(api, simulator, messagesPerSecond);
    List<ObjectNode> profiles = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      ObjectNode user = Api.json("{'type':'profile'}").put("identity", "user-" + i);
      user.putObject("profileData").put("Name", "User " + i).put("Phone", "+" + phone(i));
      profiles.add(user);
    }
    api.upload(profiles);
    String campaign =
        api.post(
                "/api/v1/campaigns",
                """
                {'name':'Sent in hard times','channel':'whatsapp','when':{'type':'now'},
                 'who':{'rule':{'everyone':true}},'controlGroup':{'percent':%d},
                 'what':{'provider':'%s','template':{'name':'festival_sale','language':'en',
                         'parameters':['{{ Name }}']}},
                 'goal':{'event':'Charged','within':'P2D','revenueProperty':'Amount'}}\
                """
                    .formatted(CONTROL_PERCENT, connection))
            .get("id")
            .stringValue();
    api.call("POST", "/api/v1/campaigns/" + campaign + "/launch", null);
    return new SendingLoad(api, simulator, users, connection, campaign);
  }

  /** The number of a user, as WhatsApp writes it. */
  static String phone(int user) {
    return "9198765%05d".formatted(user);
  }

  /** The user with a number. */
  public static String identity(String phone) {
    return "user-" + Integer.parseInt(phone.substring(7));
  }

  public String campaign() {
    return campaign;
  }

  /** How many messages the provider has accepted. */
  public long accepted() {
    return simulator.received().accepted();
  }

  /** Whether enough messages are still to be sent that a moment later some will be. */
  public boolean isUnderWay() {
    return accepted() < users * 0.8;
  }

  /** A user asks for no more messages; the callback is repeated until it is acknowledged. */
  public void stop(int user) {
    simulator.whatsApp().write(phone(user), "STOP", Optional.empty());
  }

  /** Lets everything happen that is still to happen: the rest is sent, and all callbacks come. */
  public void finish() {
    api.call(
        "PATCH",
        "/api/v1/providers/" + connection,
        Api.json("{'settings':{'messagesPerSecond':1000}}"));
    Await.until("the campaign completes", LONG, () -> api.status(campaign).equals("completed"));
    Await.until(
        "all callbacks have come",
        LONG,
        () -> {
          simulator.time().runEverythingNow();
          return simulator.time().pending() == 0;
        });
  }

  /** Every callback was acknowledged, those that came twice both times. */
  public void assertAllAcknowledged() {
    JsonNode callbacks = simulator.whatsApp().webhookCounts();
    assertThat(callbacks.get("itemsTaken").longValue())
        .as("%s", callbacks)
        .isEqualTo(callbacks.get("items").longValue() + callbacks.get("duplicated").longValue());
  }

  /**
   * No message was accepted twice, and the report shows exactly those as sent.
   *
   * @return the report's counts
   */
  public Map<String, Long> assertSentOnce() {
    assertThat(simulator.received().duplicates()).as("references accepted twice").isEmpty();
    List<String> recipients =
        simulator.received().messages(null, null).map(ReceivedMessage::to).toList();
    assertThat(recipients).as("people who got a message").doesNotHaveDuplicates();

    Map<String, Long> counts = api.counts(campaign, "");
    Identities.hold(counts);
    assertThat(counts).containsEntry("pending", 0L).containsEntry("dispatchErrors", 0L);
    assertThat(counts.get("planned")).isGreaterThanOrEqualTo(users);
    Set<String> sent =
        api.people(campaign, "sent", "").stream()
            .map(person -> person.get("address").stringValue().replace("+", ""))
            .collect(Collectors.toSet());
    assertThat(sent).as("%s", counts).hasSize(recipients.size()).containsAll(recipients);
    return counts;
  }
}
