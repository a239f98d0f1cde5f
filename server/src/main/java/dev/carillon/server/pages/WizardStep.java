package dev.carillon.server.pages;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A step of the wizard in which campaigns are written, each with an address of its own. */
public enum WizardStep {
  WHEN("when", "When", "when", "delivery"),
  WHO("who", "Who", "who", "controlGroup", "limits"),
  WHAT("what", "What", "what", "channel"),
  LABELS("labels", "Labels and goal", "name", "labels", "goal"),
  OVERVIEW("overview", "Overview");

  private final String key;
  private final String title;
  private final List<String> members;

  WizardStep(String key, String title, String... members) {
    this.key = key;
    this.title = title;
    this.members = List.of(members);
  }

  /** The last part of its address. */
  public String key() {
    return key;
  }

  public String title() {
    return title;
  }

  /** The members of a definition that are decided here, by their JSON names. */
  List<String> members() {
    return members;
  }

  static Optional<WizardStep> ofKey(String key) {
    return Arrays.stream(values()).filter(step -> step.key.equals(key)).findFirst();
  }

  /** The step in which that is decided which a JSON pointer into the definition leads to. */
  public static WizardStep ofPointer(String pointer) {
    String member = pointer.split("/", 3).length > 1 ? pointer.split("/", 3)[1] : "";
    return Arrays.stream(values())
        .filter(step -> step.members.contains(member))
        .findFirst()
        .orElse(LABELS);
  }

  /** The one after this; itself for the last. */
  public WizardStep next() {
    return values()[Math.min(ordinal() + 1, values().length - 1)];
  }

  /** The one before this; itself for the first. */
  public WizardStep previous() {
    return values()[Math.max(ordinal() - 1, 0)];
  }
}
