package dev.carillon.simulator;

import dev.carillon.simulator.people.Purchase;
import dev.carillon.simulator.received.ReceivedMessages;
import dev.carillon.simulator.time.SimulatedTime;
import dev.carillon.simulator.wire.Json;
import dev.carillon.simulator.wire.WireAnswer;
import dev.carillon.simulator.wire.WireEndpoint;
import dev.carillon.simulator.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The control endpoint {@code /_ctl/}, as far as it is the same for all providers: time, what was
 * received, purchases, flush and reset.
 */
final class ControlEndpoint implements WireEndpoint {

  private static final int PAGE = 1000;

  private final SimulatedTime time;
  private final ReceivedMessages received;
  private final RecordedPurchases purchases;
  private final Runnable reset;

  ControlEndpoint(
      SimulatedTime time, ReceivedMessages received, RecordedPurchases purchases, Runnable reset) {
    this.time = time;
    this.received = received;
    this.purchases = purchases;
    this.reset = reset;
  }

  @Override
  public boolean claims(WireRequest request) {
    List<String> path = request.segments();
    return path.size() == 2 && path.getFirst().equals("_ctl");
  }

  @Override
  public WireAnswer answer(WireRequest request) {
    Map<String, String> query = request.query();
    return switch (request.method() + " " + request.segments().get(1)) {
      case "GET time" -> ok(timeNow());
      case "POST time" -> changeTime(request);
      case "POST flush" -> {
        time.runEverythingNow();
        yield ok(timeNow());
      }
      case "POST reset" -> {
        time.clear();
        reset.run();
        yield ok(timeNow());
      }
      case "GET requests" -> ok(requests());
      case "GET messages" -> ok(messages(query));
      case "GET duplicates" -> ok(duplicates());
      case "GET purchases" -> ok(purchases(number(query, "after", 0)));
      default ->
          WireAnswer.json(404, Json.object().put("problem", "no such control: " + request.path()));
    };
  }

  private WireAnswer changeTime(WireRequest request) {
    ObjectNode body = Json.readObject(request.body()).orElseGet(Json::object);
    try {
      if (body.has("advanceTo")) {
        time.advanceTo(Instant.parse(body.path("advanceTo").asString("")));
      } else if (body.has("advanceBy")) {
        time.advanceBy(Duration.parse(body.path("advanceBy").asString("")));
      } else if (body.has("speed")) {
        double speed = body.path("speed").asDouble(1);
        if (speed == 0) {
          time.stop();
        } else {
          time.run(speed);
        }
      } else if (body.path("followWall").asBoolean(false)) {
        time.followWall();
      } else {
        throw new IllegalArgumentException(
            "one of advanceTo, advanceBy, speed and followWall is needed");
      }
    } catch (DateTimeParseException | IllegalStateException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return ok(timeNow());
  }

  private ObjectNode timeNow() {
    ObjectNode node = Json.object();
    node.put("now", time.instant().toString())
        .put("stopped", time.isStopped())
        .put("pending", time.pending());
    time.nextDue().ifPresent(due -> node.put("nextDue", due.toString()));
    return node;
  }

  private ObjectNode requests() {
    ObjectNode node = Json.object();
    node.put("requests", received.requests())
        .put("accepted", received.accepted())
        .put("references", received.references());
    node.set("refused", Json.tree(received.refusals()));
    return node;
  }

  private ObjectNode messages(Map<String, String> query) {
    int after = number(query, "after", 0);
    int limit = Math.clamp(number(query, "limit", PAGE), 1, 10 * PAGE);
    ObjectNode node = Json.object();
    String opaque = query.get("opaque");
    if (opaque != null) {
      node.put("times", received.times(opaque));
    }
    ArrayNode list = node.putArray("messages");
    received
        .messages(query.get("to"), opaque)
        .skip(after)
        .limit(limit)
        .map(Json::tree)
        .forEach(list::add);
    return node;
  }

  private ObjectNode duplicates() {
    List<ReceivedMessages.Duplicate> duplicates = received.duplicates();
    ObjectNode node = Json.object().put("count", duplicates.size());
    node.set("duplicates", Json.tree(duplicates));
    return node;
  }

  private ObjectNode purchases(int after) {
    List<Purchase> page = purchases.after(after, PAGE);
    ObjectNode node = Json.object().put("next", after + page.size());
    node.set("purchases", Json.tree(page));
    return node;
  }

  private static int number(Map<String, String> query, String name, int otherwise) {
    String text = query.get(name);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private static WireAnswer ok(JsonNode body) {
    return WireAnswer.json(200, body);
  }
}
