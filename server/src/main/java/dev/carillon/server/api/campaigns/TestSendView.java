package dev.carillon.server.api.campaigns;

import dev.carillon.core.user.Identity;
import dev.carillon.engine.campaign.TestMessage;
import dev.carillon.engine.campaign.TestResult;
import dev.carillon.engine.campaign.TestSend;
import dev.carillon.server.api.request.ApiException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A test send as JSON: its recipients, and what became of each. */
final class TestSendView {

  private TestSendView() {}

  /** The people that a body asks for, each once. */
  static List<String> identities(ObjectNode body) {
    List<ApiException.Detail> wrong = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    if (body.get("identities") instanceof ArrayNode list
        && !list.isEmpty()
        && list.size() <= TestSend.MOST) {
      for (int i = 0; i < list.size(); i++) {
        @Nullable String identity = identity(list.get(i));
        if (identity == null) {
          wrong.add(wrong("/identities/" + i, "An identity is a text of 1 to 1,024 characters."));
        } else if (!identities.contains(identity)) {
          identities.add(identity);
        }
      }
    } else {
      wrong.add(
          wrong("/identities", "Give a list of 1 to " + TestSend.MOST + " people's identities."));
    }
    for (String member : body.propertyNames()) {
      if (!member.equals("identities")) {
        wrong.add(wrong("/" + member, "There is no such member here; identities is."));
      }
    }
    if (wrong.isEmpty()) {
      return identities;
    }
    throw new ApiException(400, "invalidBody", wrong.getFirst().detail(), wrong);
  }

  private static @Nullable String identity(JsonNode node) {
    String text = node.isString() ? node.stringValue() : "";
    return text.isEmpty() || text.length() > Identity.LONGEST ? null : text;
  }

  private static ApiException.Detail wrong(String pointer, String words) {
    return new ApiException.Detail(pointer, "invalid", words);
  }

  /** How many people, for the audit log. */
  static String people(int count) {
    return count == 1 ? "1 person" : count + " people";
  }

  static ObjectNode of(List<TestMessage> messages) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("results");
    for (TestMessage message : messages) {
      ObjectNode json = list.addObject().put("identity", message.result().identity());
      if (message.variant() != null) {
        json.put("variant", message.variant());
      }
      write(message.result(), json);
    }
    return answer;
  }

  private static void write(TestResult result, ObjectNode json) {
    switch (result) {
      case TestResult.Sent sent ->
          json.put("outcome", "sent").put("providerMessageId", sent.providerMessageId());
      case TestResult.Failed failed ->
          json.put("outcome", "failed")
              .put("code", failed.failure().code())
              .put("text", failed.failure().text())
              .put(
                  "action",
                  failed.failure().meaning().words() + " " + failed.failure().meaning().action());
      case TestResult.Uncertain uncertain ->
          json.put("outcome", "uncertain").put("text", uncertain.text());
      case TestResult.Suppressed suppressed ->
          json.put("outcome", "suppressed")
              .put("code", suppressed.reason().key())
              .put(
                  "text",
                  suppressed.detail() == null ? suppressed.reason().words() : suppressed.detail());
      case TestResult.UnknownPerson _ ->
          json.put("outcome", "suppressed")
              .put("code", "unknownUser")
              .put("text", "No one is known by this identity");
    }
    if (result.address() != null) {
      json.put("address", result.maskedAddress());
    }
  }
}
