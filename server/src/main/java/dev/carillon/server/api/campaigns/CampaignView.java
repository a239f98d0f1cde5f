package dev.carillon.server.api.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.Run;
import dev.carillon.core.campaign.VariantDecision;
import dev.carillon.core.campaign.Variants;
import dev.carillon.engine.definition.DefinitionWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A campaign as the API shows it: its definition and status. */
final class CampaignView {

  private CampaignView() {}

  static ObjectNode of(Campaign campaign) {
    ObjectNode definition = DefinitionWriter.write(campaign.definition());
    ObjectNode view = definition.objectNode();
    view.put("id", Integer.toString(campaign.id()));
    view.put("version", campaign.version());
    view.put("status", campaign.status().key());
    if (campaign.statusReason() != null) {
      view.put("statusReason", campaign.statusReason());
    }
    view.setAll(definition);
    view.put("createdAt", campaign.createdAt().toString());
    view.put("createdBy", campaign.createdBy());
    moment(view, "startsAt", campaign.startsAt());
    moment(view, "endedAt", campaign.endedAt());
    view.put("archived", campaign.archivedAt() != null);
    return view;
  }

  static ObjectNode of(ObjectNode view, Run run) {
    view.put("run", run.number());
    view.put("dueAt", run.dueAt().toString());
    moment(view, "plannedAt", run.planned() == null ? null : run.planned().at());
    view.put("planned", run.messages());
    moment(view, "finishedAt", run.finishedAt());
    if (run.systemControlPercent() > 0) {
      view.put("systemControlPercent", run.systemControlPercent());
    }
    if (run.skipped() != null) {
      view.put("skipped", run.skipped().reason().key())
          .put("skippedBecause", run.skipped().words());
    }
    return view;
  }

  /** Adds to a run which variant its rest gets. */
  static void decided(ObjectNode view, Campaign campaign, VariantDecision decision) {
    if (campaign.definition().what() instanceof Variants variants) {
      view.putObject("test")
          .put("variant", variants.variants().get(decision.variant()).name())
          .put("won", decision.won())
          .put("decidedAt", decision.at().toString())
          .put("words", decision.words());
    }
  }

  private static void moment(ObjectNode view, String name, @Nullable Instant at) {
    if (at != null) {
      view.put(name, at.toString());
    }
  }
}
