package dev.carillon.server.api.people;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.engine.json.StoredJson;
import dev.carillon.engine.port.people.ChannelConsent;
import dev.carillon.engine.port.people.MergedIdentity;
import dev.carillon.engine.port.people.Person;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A user as JSON. */
final class PersonView {
  private PersonView() {}

  static ObjectNode of(Person person) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    put(view, person.identity());
    view.set("properties", StoredJson.object(person.properties()));
    if (person.propertiesRefused() > 0) {
      view.put("propertiesRefused", person.propertiesRefused());
    }
    String phone = person.endpoints().address(EndpointKind.PHONE);
    if (phone != null) {
      view.put("phone", "+" + phone);
    }
    ObjectNode subscribed = view.putObject("subscribed");
    for (Channel channel : Channel.values()) {
      Boolean yes = person.subscribed().get(channel);
      if (yes != null) {
        subscribed.put(channel.key(), yes);
      }
    }
    view.put("firstSeenAt", person.firstSeenAt().toString());
    view.put("updatedAt", person.updatedAt().toString());
    return view;
  }

  static ArrayNode consents(List<ChannelConsent> consents) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (ChannelConsent consent : consents) {
      ObjectNode view = list.addObject();
      view.put("channel", consent.channel().key());
      view.put("subscribed", consent.subscribed()).put("said", consent.said().key());
      if (consent.since() != null) {
        view.put("since", consent.since().toString());
      }
    }
    return list;
  }

  static ArrayNode merged(List<MergedIdentity> merged) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (MergedIdentity one : merged) {
      ObjectNode view = list.addObject();
      put(view, one.identity());
      view.put("since", one.since().toString());
    }
    return list;
  }

  private static void put(ObjectNode view, Identity identity) {
    view.put("identity", identity.value());
    view.put("identityKind", identity.kind().name().toLowerCase(Locale.ROOT));
  }
}
