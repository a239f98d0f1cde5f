package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.engine.campaign.CampaignService;
import dev.carillon.engine.connection.ConnectionService;
import dev.carillon.engine.definition.DefinitionReader;
import dev.carillon.engine.definition.DefinitionWriter;
import dev.carillon.engine.definition.json.Reading;
import dev.carillon.engine.port.campaign.Revision;
import dev.carillon.engine.provider.Connections;
import dev.carillon.server.pages.audience.SavedNames;
import dev.carillon.server.pages.frame.DisplayFormat;
import dev.carillon.server.pages.frame.Pages;
import dev.carillon.server.pages.frame.Section;
import dev.carillon.server.pages.wizard.WizardPages.ConflictPage;
import dev.carillon.server.pages.wizard.WizardPages.ConflictPart;
import dev.carillon.server.pages.wizard.WizardPages.Meanwhile;
import dev.carillon.server.pages.wording.CampaignText;
import dev.carillon.server.pages.wording.LimitText;
import dev.carillon.server.pages.wording.RuleText;
import dev.carillon.server.pages.wording.WhenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows what somebody else has made of a campaign while it was being edited, part by part, and lets
 * its editor keep theirs or the own. Thread-safe.
 */
@Component
public class Conflicts {
  /** What the name of a field begins with in which is said whose part is kept. */
  static final String KEEP = "keep-";

  /** Fields that belong to the sending of a form. */
  private static final Set<String> NOT_TYPED = Set.of("version", "then", "_csrf");

  private static final Map<String, String> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("name", "Name");
    PARTS.put("labels", "Labels");
    PARTS.put("channel", "Channel");
    PARTS.put("when", "When");
    PARTS.put("delivery", "Delivery");
    PARTS.put("who", "Who");
    PARTS.put("controlGroup", "Control group");
    PARTS.put("limits", "Limits");
    PARTS.put("what", "What");
    PARTS.put("goal", "Goal");
  }

  private final Pages pages;
  private final CampaignService campaigns;
  private final WizardSteps steps;
  private final SavedNames names;
  private final Connections connections;

  Conflicts(
      Pages pages,
      CampaignService campaigns,
      WizardSteps steps,
      SavedNames names,
      ConnectionService connections) {
    this.pages = pages;
    this.campaigns = campaigns;
    this.steps = steps;
    this.names = names;
    this.connections = connections;
  }

  /**
   * The page that asks whose parts are kept.
   *
   * @param campaign as it is now
   * @param version from which the form was made
   * @param changes what the form decides
   * @param sent all that was typed
   */
  View page(
      Campaign campaign,
      WizardStep step,
      int version,
      ObjectNode changes,
      Map<String, String[]> sent,
      DisplayFormat format) {
    List<Revision> revisions = campaigns.revisions(campaign.id(), version);
    CampaignDefinition before = revisions.getFirst().definition();
    List<Revision> since = after(revisions, version);
    CampaignDefinition mine =
        switch (DefinitionReader.change(before, changes)) {
          case Reading.Understood<CampaignDefinition>(CampaignDefinition read) -> read;
          case Reading.Refused<CampaignDefinition> refused -> before;
        };
    return pages.page(
        409,
        Section.CAMPAIGNS,
        "Changed meanwhile: " + campaign.definition().name(),
        "campaign/conflict.jte",
        new ConflictPage(
            steps.wizard(campaign, step),
            parts(before, since, campaign.definition(), mine, format),
            others(since, format),
            kept(sent)));
  }

  /**
   * What others have made of a campaign since a version.
   *
   * @param campaign as it is now
   */
  public Meanwhile since(Campaign campaign, int version, DisplayFormat format) {
    List<Revision> revisions = campaigns.revisions(campaign.id(), version);
    CampaignDefinition before = revisions.getFirst().definition();
    List<Revision> since = after(revisions, version);
    return new Meanwhile(
        parts(before, since, campaign.definition(), before, format), others(since, format));
  }

  private static List<Revision> after(List<Revision> revisions, int version) {
    return revisions.stream().filter(revision -> revision.version() > version).toList();
  }

  private static String others(List<Revision> since, DisplayFormat format) {
    return since.stream()
        .map(revision -> revision.by() + ", " + format.moment(revision.at()))
        .collect(Collectors.joining("; "));
  }

  private List<ConflictPart> parts(
      CampaignDefinition before,
      List<Revision> since,
      CampaignDefinition theirs,
      CampaignDefinition mine,
      DisplayFormat format) {
    ObjectNode old = DefinitionWriter.write(before);
    ObjectNode now = DefinitionWriter.write(theirs);
    ObjectNode own = DefinitionWriter.write(mine);
    List<ConflictPart> parts = new ArrayList<>();
    PARTS.forEach(
        (member, title) -> {
          if (!old.path(member).equals(now.path(member))) {
            boolean differs =
                !own.path(member).equals(old.path(member))
                    && !own.path(member).equals(now.path(member));
            parts.add(
                new ConflictPart(
                    member,
                    title,
                    words(member, before, format),
                    words(member, theirs, format),
                    differs ? words(member, mine, format) : null,
                    by(member, old, since, format)));
          }
        });
    return List.copyOf(parts);
  }

  /** The last change of a part: who and when. */
  private static String by(
      String member, ObjectNode old, List<Revision> since, DisplayFormat format) {
    JsonNode value = old.path(member);
    String by = "";
    for (Revision revision : since) {
      JsonNode next = DefinitionWriter.write(revision.definition()).path(member);
      if (!next.equals(value)) {
        by = revision.by() + ", " + format.moment(revision.at());
        value = next;
      }
    }
    return by;
  }

  private String words(String member, CampaignDefinition definition, DisplayFormat format) {
    @Nullable String words =
        switch (member) {
          case "name" -> definition.name();
          case "labels" -> String.join(", ", definition.labels());
          case "channel" -> definition.channel().title();
          case "when" ->
              definition.when() == null
                  ? null
                  : WhenText.plan(
                      definition.when(),
                      definition.delivery().clock() == Delivery.Clock.USER,
                      format);
          case "delivery" -> WhenText.delivery(definition.delivery(), format);
          case "who" -> definition.who() == null ? null : RuleText.of(definition.who(), names);
          case "limits" -> LimitText.of(definition.limits(), format);
          case "controlGroup" -> CampaignText.held(definition.controlGroup());
          case "what" ->
              definition.what() == null ? null : CampaignText.what(definition.what(), connections);
          case "goal" -> definition.goal() == null ? null : CampaignText.goal(definition.goal());
          default -> {
            JsonNode value = DefinitionWriter.write(definition).path(member);
            yield value.isMissingNode() ? null : value.toString();
          }
        };
    return words == null || words.isBlank() ? "Nothing" : words;
  }

  /** What was typed, without what belongs to the sending of it. */
  private static Map<String, List<String>> kept(Map<String, String[]> sent) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    sent.forEach(
        (name, values) -> {
          if (!NOT_TYPED.contains(name) && !name.startsWith(KEEP)) {
            kept.put(name, List.of(values));
          }
        });
    return kept;
  }
}
