package dev.carillon.server.pages;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.engine.campaign.CampaignException;
import dev.carillon.engine.campaign.Campaigns;
import dev.carillon.engine.connection.ConnectionBook;
import dev.carillon.engine.port.CampaignStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** The form in which campaigns are written. */
@Controller
public class CampaignFormController {
  /** What the form may go on to when it is saved, each a page that asks first. */
  private static final Set<String> QUESTIONS = Set.of("launch", "test");

  private final Pages pages;
  private final Campaigns campaigns;
  private final CampaignStore store;
  private final RuleFields rules;
  private final ConnectionBook connections;
  private final TemplateShelf shelf;

  CampaignFormController(
      Pages pages,
      Campaigns campaigns,
      CampaignStore store,
      RuleFields rules,
      ConnectionBook connections,
      TemplateShelf shelf) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.store = store;
    this.rules = rules;
    this.connections = connections;
    this.shelf = shelf;
  }

  @GetMapping("/campaigns/new")
  View fresh() {
    return form(null, 0, CampaignForm.EMPTY, Map.of());
  }

  @GetMapping("/campaigns/{id:\\d+}/edit")
  View edit(@PathVariable int id) {
    Campaign campaign = campaigns.find(id);
    return switch (campaign.status()) {
      case DRAFT, SCHEDULED -> form(id, campaign.version(), CampaignForm.of(campaign), Map.of());
      case RUNNING, PAUSED, STOPPED, COMPLETED, AWAITING_NEXT_RUN -> to("/campaigns/" + id);
    };
  }

  @PostMapping("/campaigns")
  View create(HttpServletRequest request, RedirectAttributes next) {
    CampaignForm form = CampaignForm.of(request.getParameterMap());
    FormReader.Read read = FormReader.read(form, null);
    if (read.definition() == null) {
      return form(null, 0, form, read.problems());
    }
    Campaign draft = campaigns.create(read.definition(), String.valueOf(request.getRemoteUser()));
    return saved(draft.id(), request, next);
  }

  @PostMapping("/campaigns/{id:\\d+}")
  View change(@PathVariable int id, HttpServletRequest request, RedirectAttributes next) {
    CampaignForm form = CampaignForm.of(request.getParameterMap());
    Integer sent = StatisticsQuery.number(request.getParameterMap(), "version", 1);
    int version = sent == null ? 0 : sent;
    CampaignDefinition before = campaigns.find(id).definition();
    FormReader.Read read = FormReader.read(form, before);
    if (read.definition() == null) {
      return form(id, version, form, read.problems());
    }
    Map<String, String> problems = new LinkedHashMap<>();
    try {
      campaigns.change(id, version, read.definition());
      return saved(id, request, next);
    } catch (CampaignException.NotReady notReady) {
      notReady.problems().forEach(p -> FormReader.place(problems, form, p.pointer(), p.words()));
    } catch (CampaignStore.StaleVersionException stale) {
      problems.put(
          "title",
          "Somebody else changed this campaign meanwhile. Open it in another window, take over what"
              + " you need, and save there.");
    }
    return form(id, version, form, problems);
  }

  private static View saved(int id, HttpServletRequest request, RedirectAttributes next) {
    String then = request.getParameter("then");
    if (then != null && QUESTIONS.contains(then)) {
      return to("/campaigns/" + id + "/" + then);
    }
    next.addFlashAttribute(Pages.NOTICE, "The draft is saved.");
    return to("/campaigns/" + id + "/edit");
  }

  /** The part of the form in which the template is picked, once the provider has been asked. */
  @PostMapping("/campaigns/template/preview")
  View template(HttpServletRequest request) {
    Map<String, String[]> sent = request.getParameterMap();
    boolean typing =
        StatisticsQuery.text(sent, "choice").filter(TemplateForm.OTHER::equals).isPresent();
    return pages.page(
        Section.CAMPAIGNS,
        "Template",
        "campaign/template.jte",
        template(CampaignForm.of(sent), typing, Map.of()));
  }

  private TemplatePart template(CampaignForm form, boolean typing, Map<String, String> problems) {
    return shelf
        .listing(form.connection())
        .map(listing -> TemplatePart.of(form.template(), listing, typing, problems))
        .orElseGet(() -> TemplatePart.typed(form.template(), null, problems));
  }

  private View form(
      @Nullable Integer id, int version, CampaignForm form, Map<String, String> problems) {
    // Only a form that shows the list already asks for it here: the provider may take its time.
    TemplatePart template =
        form.template().picked()
            ? template(form, false, problems)
            : TemplatePart.typed(form.template(), null, problems);
    return pages.page(
        problems.isEmpty() ? 200 : 422,
        Section.CAMPAIGNS,
        id == null ? "New campaign" : "Edit " + form.name(),
        "campaign/form.jte",
        new CampaignFormPage(
            id,
            version,
            form,
            rules.field("rule", form.rule(), problems, 0),
            template,
            problems,
            connections.connections(),
            store.labels()));
  }

  private static View to(String address) {
    RedirectView view = new RedirectView(address);
    view.setExposeModelAttributes(false);
    return view;
  }
}
