package dev.carillon.server.api;

import dev.carillon.core.Channel;
import dev.carillon.engine.definition.JsonDocument;
import dev.carillon.engine.port.FactStore;
import dev.carillon.engine.port.PeopleStore.Person;
import dev.carillon.engine.port.PeopleStore.TimelineEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The users that are known. */
@RestController
@RequestMapping("/api/v1/people")
@Tag(name = "People")
class PeopleController {
  private static final int TIMELINE = 200;
  private static final int MOST_FOUND = 100;

  private final FactStore facts;
  private final InstantSource clock;

  PeopleController(FactStore facts, InstantSource clock) {
    this.facts = facts;
    this.clock = clock;
  }

  @GetMapping
  @Operation(summary = "Users whose identity, phone, e-mail or name begins with the text")
  ArrayNode search(@RequestParam String search) {
    facts.settle();
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    facts.searchPeople(search, MOST_FOUND).forEach(person -> list.add(view(person)));
    return list;
  }

  @GetMapping("/{identity}")
  @Operation(summary = "One user, with what he did and was sent lately")
  ObjectNode read(@PathVariable String identity) {
    facts.settle();
    Person person = facts.person(identity).orElseThrow(() -> ApiException.notFound("person"));
    ObjectNode view = view(person);
    ArrayNode timeline = view.putArray("timeline");
    List<TimelineEntry> entries =
        facts.timeline(person.userKey(), clock.instant().plusSeconds(1), TIMELINE);
    for (TimelineEntry entry : entries) {
      timeline.add(view(entry));
    }
    return view;
  }

  private static ObjectNode view(Person person) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("identity", person.identity().value());
    view.put("identityKind", person.identity().kind().name().toLowerCase(Locale.ROOT));
    view.set("properties", JsonDocument.parse(person.properties()).orThrow());
    if (person.phone() != null) {
      view.put("phone", "+" + person.phone());
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

  private static ObjectNode view(TimelineEntry entry) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("at", entry.at().toString());
    switch (entry) {
      case TimelineEntry.Did did -> {
        view.put("event", did.event());
        view.set("properties", JsonDocument.parse(did.properties()).orThrow());
      }
      case TimelineEntry.WasSent sent -> {
        view.put("campaign", Integer.toString(sent.message().campaign()));
        view.put("seq", sent.message().seq());
        view.put("control", sent.control()).put("state", sent.state());
      }
    }
    return view;
  }
}
