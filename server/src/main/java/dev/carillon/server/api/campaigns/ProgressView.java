package dev.carillon.server.api.campaigns;

import dev.carillon.engine.dispatch.SendProgress;
import java.time.Instant;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How far sending has come, as the API shows it. */
final class ProgressView {

  private ProgressView() {}

  static ObjectNode of(SendProgress progress) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("tried", progress.tried());
    view.put("perSecond", progress.perSecond());
    view.put("waiting", progress.waiting());
    view.put("remaining", progress.remaining());
    Instant end = progress.expectedEnd();
    if (end != null) {
      view.put("expectedEnd", end.toString());
    }
    return view;
  }
}
