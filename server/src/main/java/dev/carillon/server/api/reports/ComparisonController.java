package dev.carillon.server.api.reports;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.engine.account.Account;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.engine.reporting.CampaignComparison.Chosen;
import dev.carillon.engine.reporting.Reports;
import dev.carillon.server.api.campaigns.CampaignFilters;
import dev.carillon.server.api.request.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The numbers of several campaigns side by side, and of all that fit by label. */
@RestController
@RequestMapping("/api/v1/campaigns/compare")
@Tag(name = "Reports")
class ComparisonController {
  private static final String BY =
      "label adds the campaigns up by label, instead of naming campaigns by id";

  private final CampaignComparison comparison;
  private final Reports reports;
  private final Account account;

  ComparisonController(CampaignComparison comparison, Reports reports, Account account) {
    this.comparison = comparison;
    this.reports = reports;
    this.account = account;
  }

  @GetMapping
  @Operation(
      summary = "Compares campaigns, or labels",
      description =
          "With id (2 to 12 of them): campaigns, in that order, each with campaign, asOf, counts,"
              + " rates, conversion (without overTime) and revenue as in its report. With"
              + " by=label: labels, the campaigns that fit added up by label, at most the latest"
              + " 200 created (compared of total); each with label (absent for campaigns without"
              + " any), campaigns (their ids) and, where any has been sent, counts and rates. A"
              + " campaign with two labels is in both; a rate is of the campaigns that have it.")
  ObjectNode compare(
      @RequestParam(name = "id", required = false)
          @Parameter(description = "a campaign, several times")
          @Nullable List<String> ids,
      @RequestParam(required = false) @Parameter(description = BY) @Nullable String by,
      @ParameterObject CampaignFilters filters) {
    if (by == null) {
      return campaigns(ids == null ? List.of() : ids);
    }
    if (!by.equals("label")) {
      throw ApiException.badParameter("by", "Campaigns are added up by label only.");
    }
    if (ids != null) {
      throw ApiException.badParameter("id", "Give either id or by=label.");
    }
    return labels(
        filters.query(account.zone(), CampaignOrder.CREATED, CampaignComparison.MOST_BY_LABEL, 0));
  }

  private ObjectNode campaigns(List<String> ids) {
    Chosen chosen = comparison.chosen(ids);
    if (!chosen.unknown().isEmpty()) {
      throw new ApiException(
          404,
          "notFound",
          "There is no such campaign: " + String.join(", ", chosen.unknown()) + ".");
    }
    if (chosen.beyond() > 0 || chosen.campaigns().size() < CampaignComparison.FEWEST) {
      throw ApiException.badParameter(
          "id",
          "Name %d to %d different campaigns, each by its own id."
              .formatted(CampaignComparison.FEWEST, CampaignComparison.MOST));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode list = answer.putArray("campaigns");
    for (Campaign campaign : chosen.campaigns()) {
      list.add(ComparisonView.of(reports.report(campaign, ReportFilter.NONE)));
    }
    return answer;
  }

  private ObjectNode labels(CampaignQuery query) {
    return ComparisonView.of(comparison.byLabel(query, CampaignComparison.MOST_BY_LABEL));
  }
}
