package dev.carillon.server.integration.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.FactKind;
import dev.carillon.core.message.MessageRef;
import dev.carillon.engine.port.people.MessageLife;
import dev.carillon.engine.port.store.FactStore;
import dev.carillon.engine.reference.References;
import dev.carillon.server.integration.harness.Api;
import dev.carillon.server.integration.harness.CallbackSender;
import dev.carillon.server.integration.harness.SimulatedWorld;
import dev.carillon.simulator.meta.Outcome;
import dev.carillon.simulator.meta.OutcomeRule;
import dev.carillon.simulator.meta.webhook.WebhookChaos;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A campaign's callbacks give the same numbers however they are put into bodies: many entries and
 * changes in one, in any order, repeated, beside what makes no sense.
 */
class BatchedCallbacksTest {
  private static final int PEOPLE = 24;
  private static final List<String> NONSENSE =
      List.of(
          "null",
          "'delivered'",
          "[]",
          "{}",
          "{'id':'wamid.unknown','status':'delivered','timestamp':'@NOW'}",
          "{'id':null,'status':'read'}",
          "{'status':{'delivered':true},'id':['x']}");

  @TempDir private static Path data;
  private static SimulatedWorld world;
  private static CallbackSender sender;
  private static FactStore facts;

  @BeforeAll
  static void start() {
    world = new SimulatedWorld(data, 4, WebhookChaos.none());
    sender = new CallbackSender(world);
    facts = world.server.context().getBean(FactStore.class);
    world.simulator.whatsApp().script(OutcomeRule.next(0, new Outcome.Silent()));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  /**
   * What becomes of one message.
   *
   * @param phone the recipient's, in digits
   * @param id the provider's
   * @param reference ours
   */
  private record Message(
      String phone,
      String id,
      String reference,
      boolean delivered,
      boolean viewed,
      boolean failed,
      boolean replied) {

    static Message drawn(String phone, String id, String reference, Random random) {
      return new Message(
          phone,
          id,
          reference,
          random.nextBoolean(),
          random.nextInt(3) == 0,
          random.nextInt(3) == 0,
          random.nextInt(5) == 0);
    }

    boolean reached() {
      return delivered || viewed || replied;
    }

    /** What the provider calls back of it, each once. */
    List<String> statuses(Random random) {
      List<String> statuses = new ArrayList<>();
      statuses.add(status("sent", "", random));
      if (delivered) {
        statuses.add(status("delivered", "", random));
      }
      if (viewed) {
        statuses.add(status(random.nextBoolean() ? "read" : "played", "", random));
      }
      if (failed) {
        String error = "{'code':131026,'title':'t','error_data':{'details':'d'},'new':[{'a':1}]}";
        String errors = random.nextInt(4) == 0 ? "[]" : "[" + error + "]";
        statuses.add(status("failed", ",'errors':" + errors, random));
      }
      if (random.nextInt(4) == 0) {
        statuses.add(status("deleted", "", random));
      }
      return statuses;
    }

    /** By our reference, by the provider's id, or by both; with the time in several spellings. */
    private String status(String status, String more, Random random) {
      String name =
          switch (random.nextInt(3)) {
            case 0 -> "'id':'" + id + "'";
            case 1 -> "'biz_opaque_callback_data':'" + reference + "'";
            default -> "'biz_opaque_callback_data':'" + reference + "','id':'" + id + "'";
          };
      String time =
          switch (random.nextInt(5)) {
            case 0 -> "@NOW";
            case 1 -> "'@NOW000'";
            case 2 -> "'soon'";
            default -> "'@NOW'";
          };
      return "{%s,'status':'%s','timestamp':%s%s}".formatted(name, status, time, more);
    }

    String reply() {
      return CallbackSender.message(
          phone,
          "in-" + id,
          "'type':'text','text':{'body':'Thanks'},'context':{'id':'" + id + "'}");
    }
  }

  @RepeatedTest(3)
  void numbersDoNotDependOnHowCallbacksArePacked(RepetitionInfo repetition) {
    long seed = Long.getLong("test.seed", System.nanoTime()) + repetition.getCurrentRepetition();
    Random random = new Random(seed);
    String campaign = sent(repetition.getCurrentRepetition());
    List<Message> messages = messages(campaign, random);
    List<String> statuses = new ArrayList<>();
    List<String> replies = new ArrayList<>();
    for (Message message : messages) {
      message.statuses(random).forEach(status -> repeat(status, statuses, random));
      if (message.replied) {
        repeat(message.reply(), replies, random);
      }
    }
    for (int i = 0; i < 12; i++) {
      statuses.add(NONSENSE.get(random.nextInt(NONSENSE.size())));
    }
    List<String> bodies = bodies(statuses, replies, random);

    bodies.forEach(body -> sender.send(world.connection, body));
    expect(campaign, messages, "-Dtest.seed=" + seed);
    Collections.reverse(bodies);
    bodies.forEach(body -> sender.send(world.connection, body));
    expect(campaign, messages, "again, -Dtest.seed=" + seed);
    assertThat(verified()).as("-Dtest.seed=%d", seed).contains("\"different\":0");
  }

  private static String sent(int round) {
    List<ObjectNode> people = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      ObjectNode person = Api.json("{'type':'profile'}").put("identity", round + "-" + i);
      person
          .putObject("profileData")
          .put("round", round)
          .put("Phone", "+91981277" + (1_000 * round + i));
      people.add(person);
    }
    world.api.upload(people);
    String campaign =
        world.create(
            """
            {'name':'Round %d','channel':'whatsapp','when':{'type':'now'},
             'who':{'rule':{'property':'round','op':'equals','value':%d}},
             'what':{'template':{'name':'hello_world','language':'en_US'}}}"""
                .formatted(round, round));
    world.launch(campaign);
    world.runUntil(campaign, "completed");
    facts.settle();
    return campaign;
  }

  private static List<Message> messages(String campaign, Random random) {
    References references = world.server.context().getBean(References.class);
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < PEOPLE; i++) {
      MessageRef message = new MessageRef(Integer.parseInt(campaign), i);
      MessageLife life = facts.life(message).orElseThrow();
      String id =
          life.facts().stream()
              .filter(fact -> fact.kind() == FactKind.ACCEPTED)
              .map(fact -> String.valueOf(fact.event()))
              .findFirst()
              .orElseThrow();
      String phone = String.valueOf(life.address()).replace("+", "");
      messages.add(Message.drawn(phone, id, references.of(message), random));
    }
    return messages;
  }

  private static void repeat(String item, List<String> items, Random random) {
    for (int times = 1 + random.nextInt(8) / 6; times > 0; times--) {
      items.add(item);
    }
  }

  /** All of it in one of the many ways that it may come. */
  private static List<String> bodies(List<String> statuses, List<String> replies, Random random) {
    List<String> changes = new ArrayList<>();
    Collections.shuffle(statuses, random);
    Collections.shuffle(replies, random);
    for (List<String> part : parts(statuses, 6, random)) {
      List<String> beside = random.nextInt(3) == 0 ? next(replies) : List.of();
      changes.add(change(part, beside, random));
    }
    while (!replies.isEmpty()) {
      changes.add(change(List.of(), next(replies), random));
    }
    Collections.shuffle(changes, random);
    List<String> entries =
        parts(changes, 4, random).stream()
            .map(part -> "{'id':'1','changes':[" + String.join(",", part) + "]}")
            .toList();
    return parts(entries, 5, random).stream()
        .map(
            part ->
                "{'object':'whatsapp_business_account','entry':[" + String.join(",", part) + "]}")
        .map(body -> body.replace("@NOW", Long.toString(sender.now())).replace('\'', '"'))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<String> next(List<String> replies) {
    return replies.isEmpty() ? List.of() : List.of(replies.removeLast());
  }

  private static String change(List<String> statuses, List<String> replies, Random random) {
    List<String> members = new ArrayList<>();
    members.add("'messaging_product':'whatsapp'");
    members.add(
        "'metadata':{'phone_number_id':'"
            + world.simulator.whatsApp().account().phoneNumberId()
            + "'}");
    if (!statuses.isEmpty()) {
      members.add("'statuses':[" + String.join(",", statuses) + "]");
    }
    if (!replies.isEmpty()) {
      members.add("'messages':[" + String.join(",", replies) + "]");
    }
    Collections.shuffle(members, random);
    List<String> change =
        new ArrayList<>(
            List.of("'field':'messages'", "'value':{" + String.join(",", members) + "}"));
    Collections.shuffle(change, random);
    return "{" + String.join(",", change) + "}";
  }

  private static List<List<String>> parts(List<String> items, int most, Random random) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < items.size(); from += parts.getLast().size()) {
      int until = Math.min(items.size(), from + 1 + random.nextInt(most));
      parts.add(items.subList(from, until));
    }
    return parts;
  }

  private static void expect(String campaign, List<Message> messages, String which) {
    facts.settle();
    Map<String, Long> expected = new LinkedHashMap<>();
    expected.put("sent", (long) messages.size());
    expected.put("delivered", messages.stream().filter(Message::reached).count());
    expected.put("viewed", messages.stream().filter(Message::viewed).count());
    expected.put("replied", messages.stream().filter(Message::replied).count());
    expected.put(
        "deliveryErrors",
        messages.stream().filter(message -> message.failed && !message.reached()).count());
    assertThat(world.api.counts(campaign, "")).as(which).containsAllEntriesOf(expected);
    JsonNode days = world.api.report(campaign, "").at("/trend/daily");
    assertThat(days).as("%s: of today", which).hasSize(1);
    assertThat(days.get(0).get("delivered").longValue()).isEqualTo(expected.get("delivered"));
  }

  private static String verified() {
    HttpResponse<byte[]> answer = world.api.answer("POST", "/api/v1/verify", null);
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
