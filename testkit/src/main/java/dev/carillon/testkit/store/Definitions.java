package dev.carillon.testkit.store;

import dev.carillon.core.Channel;
import dev.carillon.core.audience.Rule;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.ControlGroup;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.What;
import dev.carillon.core.campaign.When;
import dev.carillon.engine.port.CampaignStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/** Definitions of campaigns for the kits. */
final class Definitions {
  /** A moment with microseconds, as stores keep them. */
  static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

  /** A change by somebody, at that moment. */
  static final CampaignStore.Change CHANGE = new CampaignStore.Change("ravi", NOW, null);

  private Definitions() {}

  /** A draft with nothing but a name. */
  static CampaignDefinition draft(String name) {
    return draft(name, Channel.WHATSAPP);
  }

  static CampaignDefinition draft(String name, Channel channel, String... labels) {
    return new CampaignDefinition(
        name, channel, List.of(labels), null, null, ControlGroup.NONE, null, null);
  }

  /** A definition that says everything. */
  static CampaignDefinition full(String name) {
    return new CampaignDefinition(
        name,
        Channel.WHATSAPP,
        List.of("festive", "Ünïcode ✓"),
        new When.At(LocalDateTime.parse("2026-12-01T10:00"), null),
        new Rule.Everyone(),
        new ControlGroup(10),
        new What.WhatsAppTemplate(
            7,
            "diwali",
            "en",
            new What.Header("text", "{{ name }}"),
            List.of(new What.Parameter(null, "{{ name | default: 'friend' }}")),
            List.of(new What.Button(0, "url", "sale"))),
        new Goal("Charged", List.of(), Duration.ofDays(2), "Amount"));
  }
}
