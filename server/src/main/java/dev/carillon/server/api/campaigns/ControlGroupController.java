package dev.carillon.server.api.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.port.audience.ControlGroupStore;
import dev.carillon.engine.port.campaign.RunStore;
import dev.carillon.engine.reporting.ControlGroupCsv;
import dev.carillon.server.access.audit.PeopleReads;
import dev.carillon.server.api.request.Requests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Who is held out, as files. */
@RestController
class ControlGroupController {
  private static final String CSV = "text/csv";

  private final CampaignService campaigns;
  private final RunStore runs;
  private final ControlGroupStore facts;
  private final Account account;
  private final PeopleReads reads;

  ControlGroupController(
      CampaignService campaigns,
      RunStore runs,
      ControlGroupStore facts,
      Account account,
      PeopleReads reads) {
    this.reads = reads;
    this.campaigns = campaigns;
    this.runs = runs;
    this.facts = facts;
    this.account = account;
  }

  @GetMapping(value = "/api/v1/campaigns/{id}/control-group.csv", produces = CSV)
  @Tag(name = "Reports")
  @Operation(
      summary = "The users that a campaign holds out",
      description =
          "Columns: identity, run, group (campaign, or system for members of the system control"
              + " group). One line a user and run.")
  void ofCampaign(@PathVariable String id, HttpServletResponse response) throws IOException {
    Campaign campaign = campaigns.find(Requests.id(id, "campaign"));
    facts.settle();
    begin(response, "campaign-" + campaign.id() + "-control-group.csv");
    ControlGroupCsv csv = new ControlGroupCsv(facts);
    try {
      csv.campaign(campaign.id(), runs.runs(campaign.id()), response.getWriter());
    } finally {
      reads.note(PeopleReads.Kind.CONTROL_GROUP, Integer.toString(campaign.id()), "", csv.people());
    }
  }

  @GetMapping(value = "/api/v1/settings/system-control-group.csv", produces = CSV)
  @Tag(name = "Settings")
  @Operation(summary = "The users of the system control group", description = "Column: identity.")
  void ofAccount(HttpServletResponse response) throws IOException {
    facts.settle();
    begin(response, "system-control-group.csv");
    ControlGroupCsv csv = new ControlGroupCsv(facts);
    try {
      csv.system(account.settings().systemControlGroup().percent(), response.getWriter());
    } finally {
      reads.note(PeopleReads.Kind.CONTROL_GROUP, "", "system", csv.people());
    }
  }

  private static void begin(HttpServletResponse response, String file) {
    response.setContentType(CSV);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }
}
