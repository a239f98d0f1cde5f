package dev.carillon.storage.embedded.crash;

import dev.carillon.core.channel.Channel;
import dev.carillon.core.user.EndpointKind;
import dev.carillon.core.user.Identity;
import dev.carillon.core.user.ProfileChange;
import dev.carillon.core.user.UserEvent;
import dev.carillon.engine.port.facts.Entry;
import dev.carillon.engine.port.people.Person;
import dev.carillon.storage.embedded.EmbeddedFactStore;
import dev.carillon.storage.embedded.FactStoreSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that opens a store, appends far more than fits in its memory, and says what can be read
 * then.
 */
final class LittleMemoryProcess {
  static final int EVENTS = 6_000;
  static final int HUGE_CHANGES = 12;
  static final Identity ANN = Identity.user("ann");

  /** How a provider writes numbers, before the last eight digits, and how our messages do. */
  static final String PROVIDER_PREFIX = "5511";

  static final String OUR_PREFIX = "55119";

  private static final Identity CALLER = Identity.user("caller");
  private static final String CALLERS_DIGITS = "10000005";
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private LittleMemoryProcess() {}

  static FactStoreSettings settings(Path folder) {
    return FactStoreSettings.in(folder).withMemoryMegabytes(256);
  }

  public static void main(String[] arguments) {
    EmbeddedFactStore store = EmbeddedFactStore.open(settings(Path.of(arguments[0])));
    for (int i = 0; i < HUGE_CHANGES; i++) {
      store.append(List.of(change(i, "\"p" + i + "\":[" + "1,".repeat(5_000_000) + "1]")));
    }
    String properties = "{\"text\":\"" + "x".repeat(13_800) + "\"}";
    for (int from = 0; from < EVENTS; from += 1_000) {
      List<Entry> events = new ArrayList<>();
      for (int i = from; i < from + 1_000; i++) {
        events.add(new Entry.OfEvent(new UserEvent(ANN, ANN.key(), "Seen", properties, i, AT, AT)));
      }
      store.append(events);
    }
    String phone = "{\"Phone\":\"+" + OUR_PREFIX + CALLERS_DIGITS + "\"}";
    store.append(
        List.of(
            new Entry.OfProfile(new ProfileChange(CALLER, CALLER.key(), phone, AT, AT)),
            new Entry.Consent(Channel.WHATSAPP, PROVIDER_PREFIX + CALLERS_DIGITS, false, AT)));
    store.settle();
    System.out.println("events " + store.totals().events());
    System.out.println("refused " + store.propertiesRefused());
    for (String name : List.of("ann", "huge", "small")) {
      Person person = store.person(Identity.user(name)).orElseThrow();
      System.out.println(
          name
              + " "
              + person.endpoints().address(EndpointKind.PHONE)
              + " "
              + person.properties().length());
    }
    System.out.println(
        "caller subscribed "
            + store.person(CALLER).orElseThrow().subscribed().get(Channel.WHATSAPP));
    store.close();
  }

  private static Entry change(int second, String property) {
    String properties = "{\"n\":{\"$incr\":1}," + property + "}";
    return new Entry.OfProfile(
        new ProfileChange(ANN, ANN.key(), properties, AT.plusSeconds(second), AT));
  }
}
