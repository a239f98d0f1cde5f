package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignAction;
import dev.carillon.engine.campaign.LaunchProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all steps of the wizard show: the campaign, where one is, what is complete, what is wrong.
 *
 * @param campaign the campaign as it is kept
 * @param step the step that is shown
 * @param missing what keeps the campaign, as it is kept, from being launched
 * @param problems what is wrong with the step, by field
 * @param refused whether that kept it from being saved
 */
public record Wizard(
    Campaign campaign,
    WizardStep step,
    List<LaunchProblem> missing,
    Map<String, String> problems,
    boolean refused) {

  /** How far a step is. */
  public enum State {
    COMPLETE("complete"),
    MISSING("still empty"),
    WRONG("needs another look");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** The steps that can be taken: of a campaign that has ended, only its name and labels. */
  public List<WizardStep> steps() {
    return CampaignAction.EDIT.allowed(campaign)
        ? Arrays.asList(WizardStep.values())
        : List.of(WizardStep.LABELS);
  }

  /** How far a step is, as it is kept. */
  public State state(WizardStep one) {
    List<LaunchProblem> here =
        one == WizardStep.OVERVIEW
            ? missing
            : missing.stream().filter(p -> WizardStep.ofPointer(p.pointer()) == one).toList();
    if (here.isEmpty()) {
      return State.COMPLETE;
    }
    return here.stream()
            .allMatch(p -> p.code().equals("missing") && p.pointer().indexOf('/', 1) < 0)
        ? State.MISSING
        : State.WRONG;
  }

  /** Where something is decided, for people; of variants, which one. */
  public String place(String pointer) {
    String[] parts = pointer.split("/", -1);
    String title = WizardStep.ofPointer(pointer).title();
    return parts.length > 3 && parts[2].equals("variants") && parts[3].matches("\\d")
        ? title + ", variant " + (Integer.parseInt(parts[3]) + 1)
        : title;
  }

  /** The address of a step. */
  public String address(WizardStep one) {
    return address() + "/edit/" + one.key();
  }

  /** The campaign's own address. */
  public String address() {
    return "/campaigns/" + campaign.id();
  }

  public @Nullable String problem(String field) {
    return problems.get(field);
  }

  /** The attribute of a field with a problem; null otherwise. */
  public @Nullable String invalid(String field) {
    return problems.containsKey(field) ? "true" : null;
  }

  /** What an edit of it changes, where that is not obvious; null where it is. */
  public @Nullable String applies() {
    return switch (campaign.status()) {
      case DRAFT -> null;
      case SCHEDULED ->
          "This campaign is scheduled. What you save here holds at once, and it starts when its plan"
              + " says.";
      case AWAITING_NEXT_RUN ->
          "This campaign has been sent already. What you save here holds from the next run on; runs"
              + " that were planned stay as they are.";
      case RUNNING, PAUSED, STOPPED, COMPLETED ->
          "This campaign has been sent, so only its name and labels can be changed. To send something"
              + " else, clone it.";
    };
  }
}
