package dev.carillon.server.pages;

import dev.carillon.engine.channel.Connections.Connected;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a campaign.
 *
 * @param id the campaign's id; null for a new one
 * @param version the version that is changed; 0 for a new one
 * @param form what the fields hold
 * @param rule the part in which it is said who gets it
 * @param template the part in which the template is picked and filled
 * @param problems what is wrong, by field
 * @param connections what it can go out through
 * @param labels labels in use
 */
public record CampaignFormPage(
    @Nullable Integer id,
    int version,
    CampaignForm form,
    RuleField rule,
    TemplatePart template,
    Map<String, String> problems,
    List<Connected> connections,
    List<String> labels) {

  /** Where the form is sent. */
  public String action() {
    return id == null ? "/campaigns" : "/campaigns/" + id;
  }

  public @Nullable String problem(String field) {
    return problems.get(field);
  }
}
