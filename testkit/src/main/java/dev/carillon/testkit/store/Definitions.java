package dev.carillon.testkit.store;

import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Goal;
import dev.carillon.core.campaign.When;
import dev.carillon.core.channel.Channel;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.port.campaign.DefinitionChange;
import dev.carillon.engine.port.campaign.RunSection;
import dev.carillon.testkit.sending.DefinitionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/** Definitions of campaigns for the kits. */
public final class Definitions {
  /** A moment with microseconds, as stores keep them. */
  public static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456Z");

  /** A change by somebody, at that moment. */
  public static final DefinitionChange CHANGE = new DefinitionChange("ravi", NOW, null);

  /** The connection of {@link #full} and {@link #sections}. */
  public static final int CONNECTION = 7;

  private Definitions() {}

  /** The messages of a run through one connection. */
  public static List<RunSection> sections(int firstSeq, int count) {
    return List.of(new RunSection(CONNECTION, firstSeq, count));
  }

  /** A draft with nothing but a name. */
  public static CampaignDefinition draft(String name) {
    return draft(name, Channel.WHATSAPP);
  }

  public static CampaignDefinition draft(String name, Channel channel, String... labels) {
    return DefinitionBuilder.named(name, channel).labelled(labels).definition();
  }

  /** A definition that says everything. */
  public static CampaignDefinition full(String name) {
    return DefinitionBuilder.named(name)
        .labelled("festive", "Ünïcode ✓")
        .going(new When.At(LocalDateTime.parse("2026-12-01T10:00"), null))
        .toEveryone()
        .holdingOut(10)
        .saying(
            new WhatsAppTemplate(
                CONNECTION,
                "diwali",
                "en",
                new WhatsAppTemplate.Header("text", "{{ name }}"),
                List.of(new WhatsAppTemplate.Parameter(null, "{{ name | default: 'friend' }}")),
                List.of(new WhatsAppTemplate.Button(0, "url", "sale"))))
        .aiming(new Goal("Charged", List.of(), Duration.ofDays(2), "Amount"))
        .definition();
  }
}
