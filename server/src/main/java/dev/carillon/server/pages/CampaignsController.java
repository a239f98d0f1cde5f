package dev.carillon.server.pages;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.report.Report;
import dev.carillon.core.report.ReportFilter;
import dev.carillon.engine.port.CampaignStore;
import dev.carillon.engine.port.CampaignStore.CampaignQuery;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** The list of campaigns. */
@Controller
class CampaignsController {
  private static final int LONGEST_SEARCH = 200;

  private final Pages pages;
  private final Numbers numbers;
  private final CampaignStore store;

  CampaignsController(Pages pages, Numbers numbers, CampaignStore store) {
    this.pages = pages;
    this.numbers = numbers;
    this.store = store;
  }

  @GetMapping("/campaigns")
  View list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String label,
      @RequestParam(defaultValue = "") String offset) {
    CampaignStatus known = status(status);
    String search = q.strip().substring(0, Math.min(LONGEST_SEARCH, q.strip().length()));
    int from = offset.matches("\\d{1,7}") ? Integer.parseInt(offset) : 0;
    CampaignStore.CampaignPage found =
        store.campaigns(
            new CampaignQuery(
                search.isEmpty() ? null : search,
                null,
                known == null ? Set.of() : Set.of(known),
                label.isBlank() ? null : label,
                null,
                CampaignListPage.SIZE,
                from));
    return pages.page(
        Section.CAMPAIGNS,
        "Campaigns",
        "campaigns.jte",
        new CampaignListPage(
            found.campaigns().stream().map(this::row).toList(),
            found.total(),
            from,
            search,
            known,
            label.strip(),
            store.labels()));
  }

  private CampaignListPage.Row row(Campaign campaign) {
    return switch (campaign.status()) {
      case DRAFT, SCHEDULED -> new CampaignListPage.Row(campaign, null);
      case RUNNING, PAUSED, STOPPED, COMPLETED, AWAITING_NEXT_RUN ->
          new CampaignListPage.Row(
              campaign,
              numbers.report(campaign.id(), ReportFilter.NONE).map(Report::counts).orElse(null));
    };
  }

  private static @Nullable CampaignStatus status(String key) {
    return Arrays.stream(CampaignStatus.values())
        .filter(status -> status.key().equals(key))
        .findFirst()
        .orElse(null);
  }
}
