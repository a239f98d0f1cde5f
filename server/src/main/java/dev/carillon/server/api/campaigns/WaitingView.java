package dev.carillon.server.api.campaigns;

import dev.carillon.engine.port.work.HeldConnection;
import dev.carillon.server.api.request.ApiException;
import dev.carillon.server.api.request.Requests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The connections that a campaign waits to send through, as the API shows and takes them. */
final class WaitingView {

  private WaitingView() {}

  /** Adds them to a campaign; nothing when there are none. */
  static void add(ObjectNode campaign, List<HeldConnection> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    ArrayNode list = campaign.putArray("waiting");
    for (HeldConnection held : waiting) {
      list.addObject()
          .put("provider", Integer.toString(held.connection()))
          .put("reason", held.reason())
          .put("since", held.at().toString());
    }
  }

  /**
   * The only one that a body asks to resume; null when it asks for all.
   *
   * @param body empty, or an object whose member provider is the id of one of those that wait
   */
  static @Nullable Integer chosen(byte @Nullable [] body, List<HeldConnection> waiting) {
    if (body == null || body.length == 0) {
      return null;
    }
    @Nullable JsonNode provider = Requests.object(body).get("provider");
    if (provider == null) {
      return null;
    }
    return waiting.stream()
        .map(HeldConnection::connection)
        .filter(id -> provider.isString() && provider.stringValue().equals(Integer.toString(id)))
        .findFirst()
        .orElseThrow(
            () ->
                new ApiException(
                    400,
                    "invalidBody",
                    "The campaign does not wait to send through this provider.",
                    List.of(
                        new ApiException.Detail(
                            "/provider", "invalid", "Give one of those that waiting lists."))));
  }
}
