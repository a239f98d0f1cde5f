package dev.carillon.server.api.campaigns;

import dev.carillon.engine.port.campaign.CampaignStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The labels that campaigns are filed under. */
@RestController
@RequestMapping("/api/v1/labels")
@Tag(name = "Campaigns")
class LabelController {
  private final CampaignStore campaigns;

  LabelController(CampaignStore campaigns) {
    this.campaigns = campaigns;
  }

  @GetMapping
  @Operation(summary = "All labels in use, by name")
  List<String> labels() {
    return campaigns.labels();
  }
}
