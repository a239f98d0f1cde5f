package dev.carillon.server.api.reports;

import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Tally;
import dev.carillon.engine.reporting.CampaignComparison.ByLabel;
import dev.carillon.engine.reporting.LabelTally;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Comparisons as JSON, in the shapes of the report. */
final class ComparisonView {
  private static final List<String> MEMBERS =
      List.of("campaign", "asOf", "counts", "rates", "conversion", "revenue");

  private ComparisonView() {}

  /** What a comparison has of a campaign's report. */
  static ObjectNode of(Report report) {
    ObjectNode view = ((ObjectNode) ReportView.of(report)).retain(MEMBERS);
    if (view.get("conversion") instanceof ObjectNode conversion) {
      conversion.remove("overTime");
    }
    return view;
  }

  static ObjectNode of(ByLabel found) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("asOf", found.asOf().toString());
    ArrayNode labels = view.putArray("labels");
    found.labels().forEach(label -> add(labels.addObject(), label));
    return view.put("compared", found.compared()).put("total", found.total());
  }

  private static void add(ObjectNode view, LabelTally label) {
    if (label.label() != null) {
      view.put("label", label.label());
    }
    ArrayNode campaigns = view.putArray("campaigns");
    label.campaigns().forEach(campaign -> campaigns.add(Integer.toString(campaign.id())));
    Tally tally = label.tally();
    if (tally != null) {
      view.set("counts", ReportView.of(tally.counts()));
      ObjectNode rates = view.putObject("rates");
      tally.rates().forEach(rates::put);
    }
  }
}
