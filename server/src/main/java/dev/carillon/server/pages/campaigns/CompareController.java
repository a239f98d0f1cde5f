package dev.carillon.server.pages.campaigns;

import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Campaigns side by side: those that the address names, or all that fit, by label. */
@Controller
class CompareController {
  /** How many ledgers one view of the labels reads; as many as a page of the list. */
  private static final int COUNTED = CampaignListPage.SIZE;

  private final Pages pages;
  private final Numbers numbers;
  private final CampaignStore store;
  private final CampaignComparison comparison;

  CompareController(
      Pages pages, Numbers numbers, CampaignStore store, CampaignComparison comparison) {
    this.pages = pages;
    this.numbers = numbers;
    this.store = store;
    this.comparison = comparison;
  }

  /** The address that compares these campaigns. */
  static String address(Collection<Integer> campaigns) {
    return campaigns.stream()
        .map(id -> "id=" + id)
        .collect(Collectors.joining("&", "/campaigns/compare?", ""));
  }

  @GetMapping("/campaigns/compare")
  View chosen(
      @RequestParam(name = "id", required = false) @Nullable List<String> ids,
      HttpServletRequest request) {
    return pages.page(
        Section.CAMPAIGNS,
        "Compare campaigns",
        "compare/chosen.jte",
        SelectedCampaignsPage.of(
            comparison.chosen(ids == null ? List.of() : ids), numbers, pages.format(request)));
  }

  @GetMapping(path = "/campaigns/compare", params = "by=label")
  View labels(HttpServletRequest request) {
    DisplayFormat format = pages.format(request);
    ListQuery query = ListQuery.of(request.getParameterMap());
    return pages.page(
        Section.CAMPAIGNS,
        "Compare labels",
        "compare/labels.jte",
        LabelsPage.of(
            query,
            comparison.byLabel(
                query.query(format.zone(), CampaignComparison.MOST_BY_LABEL), COUNTED),
            store.labels(),
            store.creators(),
            format));
  }
}
