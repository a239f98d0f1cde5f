package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.ReportFilter;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.campaign.CampaignPage;
import dev.carillon.engine.port.campaign.CampaignStore;
import dev.carillon.engine.port.campaign.SavedView;
import dev.carillon.engine.port.campaign.SavedViewStore;
import dev.carillon.engine.reporting.CampaignComparison;
import dev.carillon.server.access.audit.AuditLog;
import dev.carillon.server.pages.frame.Numbers;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Redirects;
import dev.carillon.server.pages.frame.Section;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of campaigns. Numbers that are at hand are shown at once; the others are asked for row
 * by row when they come into sight, so that no page loads many ledgers.
 */
@Controller
public class CampaignsController {
  /** What can be done to many at once. */
  private static final Set<String> ACTIONS = Set.of("label", "archive", "unarchive", "stop");

  private static final int LONGEST_VIEW = 60;
  private static final int LONGEST_LABEL = 60;
  private static final int MOST_VIEWS = 50;

  private final Pages pages;
  private final Numbers numbers;
  private final CampaignStore store;
  private final SavedViewStore views;
  private final CampaignService campaigns;
  private final AuditLog audit;

  CampaignsController(
      Pages pages,
      Numbers numbers,
      CampaignStore store,
      SavedViewStore views,
      CampaignService campaigns,
      AuditLog audit) {
    this.pages = pages;
    this.numbers = numbers;
    this.store = store;
    this.views = views;
    this.campaigns = campaigns;
    this.audit = audit;
  }

  @GetMapping("/campaigns")
  View list(HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getParameterMap());
    CampaignPage found =
        store.campaigns(query.query(pages.format(request).zone(), CampaignListPage.SIZE));
    return pages.page(
        Section.CAMPAIGNS,
        query.archived() ? "Archived campaigns" : "Campaigns",
        "campaigns.jte",
        new CampaignListPage(
            rows(found.campaigns()),
            found.total(),
            query,
            store.labels(),
            store.creators(),
            views.savedViews(Pages.user(request))));
  }

  private List<CampaignListPage.Row> rows(List<Campaign> found) {
    List<Campaign> started = found.stream().filter(one -> one.status().started()).toList();
    Map<Integer, Tally> known = numbers.known(started);
    return found.stream()
        .map(
            campaign ->
                new CampaignListPage.Row(
                    campaign,
                    Optional.ofNullable(known.get(campaign.id())).map(Tally::counts).orElse(null),
                    campaign.status().started()))
        .toList();
  }

  /** A row whose numbers were not at hand, with them. */
  @GetMapping("/campaigns/{id:\\d+}/row")
  View row(@PathVariable int id) {
    Campaign campaign = campaigns.find(id);
    Counts counts =
        campaign.status().started()
            ? numbers.report(id, ReportFilter.NONE).map(Report::counts).orElse(null)
            : null;
    return pages.page(
        Section.CAMPAIGNS,
        "Numbers",
        "campaign/row.jte",
        new CampaignListPage.Row(campaign, counts, counts != null));
  }

  /**
   * Does one thing to all ticked campaigns, and reports the result. The audit log gets a line for
   * each that it was done to.
   */
  @PostMapping("/campaigns/bulk")
  View bulk(
      @RequestParam(name = "id", required = false) @Nullable List<Integer> ids,
      @RequestParam(name = "do", defaultValue = "") String what,
      @RequestParam(name = "bulkLabel", defaultValue = "") String label,
      @RequestParam(defaultValue = "") String back,
      HttpServletRequest request,
      RedirectAttributes next) {
    Set<Integer> chosen = new LinkedHashSet<>(ids == null ? List.of() : ids);
    chosen.removeIf(Objects::isNull); // of an id that is empty
    if (what.equals("compare")) {
      return chosen.size() < CampaignComparison.FEWEST
          ? Redirects.withNotice(
              "Tick at least two campaigns first, then compare them.", next, list(back))
          : Redirects.to(CompareController.address(chosen));
    }
    String problem =
        chosen.isEmpty() || !ACTIONS.contains(what)
            ? "Tick the campaigns first, then choose what to do."
            : what.equals("label") && (label.isBlank() || label.strip().length() > LONGEST_LABEL)
                ? "Type a label of 1 to " + LONGEST_LABEL + " characters first."
                : null;
    if (problem != null) {
      return Redirects.withNotice(problem, next, list(back));
    }
    List<String> refused = new ArrayList<>();
    int done = 0;
    for (int id : chosen) {
      try {
        Optional<String> wrong = one(id, what, label.strip(), Pages.user(request));
        if (wrong.isPresent()) {
          refused.add("#" + id + ": " + wrong.get());
          continue;
        }
        done++;
        audit.record(
            Pages.actor(request),
            "campaign." + what,
            Integer.toString(id),
            together(chosen.size()));
      } catch (CampaignException | StaleVersionException refusal) {
        refused.add("#" + id + ": " + refusal.getMessage());
      }
    }
    return Redirects.withNotice(report(what, done, refused), next, list(back));
  }

  private static @Nullable String together(int chosen) {
    return chosen == 1 ? null : "one of " + chosen + " that were ticked";
  }

  /** Does it; answers what is wrong with the label. */
  private Optional<String> one(int id, String what, String label, String user) {
    switch (what) {
      case "archive" -> campaigns.archive(id);
      case "unarchive" -> campaigns.unarchive(id);
      case "stop" -> campaigns.stop(id);
      case "label" -> {
        return label(id, label, user);
      }
      default -> throw new IllegalArgumentException("there is no such action");
    }
    return Optional.empty();
  }

  private Optional<String> label(int id, String label, String user) {
    Campaign campaign = campaigns.find(id);
    if (campaign.definition().labels().contains(label)) {
      return Optional.empty();
    }
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    ArrayNode labels = changes.putArray("labels");
    campaign.definition().labels().forEach(labels::add);
    labels.add(label);
    return switch (DefinitionReader.change(campaign.definition(), changes)) {
      case Reading.Understood<CampaignDefinition>(CampaignDefinition definition) -> {
        campaigns.change(id, campaign.version(), definition, user);
        yield Optional.empty();
      }
      case Reading.Refused<CampaignDefinition>(var wrong) ->
          Optional.of(wrong.getFirst().words() + ".");
    };
  }

  private static String report(String what, int done, List<String> refused) {
    String verb =
        switch (what) {
          case "archive" -> " put into the archive";
          case "unarchive" -> " taken out of the archive";
          case "stop" -> " stopped";
          default -> " labelled";
        };
    String all = done + (done == 1 ? " campaign was" : " campaigns were") + verb + ".";
    return refused.isEmpty()
        ? all
        : all + " Not done: " + refused.stream().collect(Collectors.joining(" "));
  }

  /** Saves the current view under a name. */
  @PostMapping("/campaigns/views")
  View keep(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String back,
      HttpServletRequest request,
      RedirectAttributes next) {
    String known = name.strip();
    List<SavedView> saved = views.savedViews(Pages.user(request));
    if (known.isEmpty() || known.length() > LONGEST_VIEW || saved.size() >= MOST_VIEWS) {
      next.addFlashAttribute(
          Pages.NOTICE,
          saved.size() >= MOST_VIEWS
              ? "There are " + MOST_VIEWS + " views already. Remove one first."
              : "A view has a name of 1 to " + LONGEST_VIEW + " characters.");
    } else {
      views.putSavedView(Pages.user(request), new SavedView(known, cleaned(back)));
      next.addFlashAttribute(Pages.NOTICE, "The view is saved, for you only.");
    }
    return Redirects.to(list(back));
  }

  @PostMapping("/campaigns/views/forget")
  View forget(
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String back,
      HttpServletRequest request,
      RedirectAttributes next) {
    views.deleteSavedView(Pages.user(request), name);
    return Redirects.withNotice("The view is removed.", next, list(back));
  }

  /** The list's address with what of a query it knows, so that it leads nowhere else. */
  private static String list(String back) {
    String query = cleaned(back);
    return "/campaigns" + (query.isEmpty() ? "" : "?" + query);
  }

  private static String cleaned(String query) {
    Map<String, String[]> parameters =
        Arrays.stream(query.split("&", -1))
            .map(pair -> pair.split("=", 2))
            .filter(pair -> pair.length == 2)
            .collect(
                Collectors.toMap(
                    pair -> pair[0],
                    pair -> new String[] {decoded(pair[1]).orElse("")},
                    (one, other) -> one));
    return ListQuery.of(parameters).text();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }
}
