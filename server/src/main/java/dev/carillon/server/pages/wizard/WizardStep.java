package dev.carillon.server.pages.wizard;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A step of the wizard in which campaigns are written, each with its own address. */
public enum WizardStep {
  WHEN("when", "When"),
  WHO("who", "Who"),
  WHAT("what", "What"),
  LABELS("labels", "Labels and goal"),
  OVERVIEW("overview", "Overview");

  private final String key;
  private final String title;

  WizardStep(String key, String title) {
    this.key = key;
    this.title = title;
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
    return switch (this) {
      case WHEN -> List.of("when", "delivery");
      case WHO -> List.of("who", "controlGroup", "limits");
      case WHAT -> List.of("what", "channel");
      case LABELS -> List.of("name", "labels", "goal");
      case OVERVIEW -> List.of();
    };
  }

  static Optional<WizardStep> ofKey(String key) {
    return Arrays.stream(values()).filter(step -> step.key.equals(key)).findFirst();
  }

  /** The step in which that is decided which a JSON pointer into the definition leads to. */
  public static WizardStep ofPointer(String pointer) {
    String member = pointer.split("/", 3).length > 1 ? pointer.split("/", 3)[1] : "";
    return Arrays.stream(values())
        .filter(step -> step.members().contains(member))
        .findFirst()
        .orElse(LABELS);
  }

  /** The one after this; itself for the last. */
  public WizardStep next() {
    return switch (this) {
      case WHEN -> WHO;
      case WHO -> WHAT;
      case WHAT -> LABELS;
      case LABELS, OVERVIEW -> OVERVIEW;
    };
  }

  /** The one before this; itself for the first. */
  public WizardStep previous() {
    return switch (this) {
      case WHEN, WHO -> WHEN;
      case WHAT -> WHO;
      case LABELS -> WHAT;
      case OVERVIEW -> LABELS;
    };
  }
}
