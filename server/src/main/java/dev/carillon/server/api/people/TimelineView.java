package dev.carillon.server.api.people;

import dev.carillon.engine.json.StoredJson;
import dev.carillon.engine.port.people.Timeline;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A user's timeline as JSON. */
final class TimelineView {
  private TimelineView() {}

  static ArrayNode of(Timeline timeline) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    timeline.entries().forEach(entry -> list.add(of(entry)));
    return list;
  }

  private static ObjectNode of(Timeline.Entry entry) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("at", entry.at().toString());
    switch (entry) {
      case Timeline.Did did -> {
        view.put("kind", Timeline.Kind.EVENT.key()).put("event", did.event());
        view.set("properties", StoredJson.object(did.properties()));
      }
      case Timeline.Incoming incoming -> {
        view.put("kind", Timeline.Kind.INCOMING.key()).put("type", incoming.type());
        if (incoming.text() != null) {
          view.put("text", incoming.text());
        }
      }
      case Timeline.OfMessage message -> {
        view.put("kind", message.kind().key());
        view.put("campaign", Integer.toString(message.message().campaign()));
        view.put("seq", message.message().seq()).put("control", message.control());
        if (message.detail() != null) {
          view.put("detail", message.detail());
        }
        if (message.text() != null) {
          view.put("text", message.text());
        }
      }
    }
    return view;
  }
}
