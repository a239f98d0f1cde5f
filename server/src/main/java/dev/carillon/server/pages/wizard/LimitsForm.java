package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.Limits;
import dev.carillon.server.pages.frame.Parameters;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What keeps a campaign from sending too much, as its step has it; empty fields do not limit.
 *
 * @param caps whether the account's frequency caps apply
 * @param gap least time since the user's last message of this campaign
 * @param gapUnit minutes, hours or days
 * @param overall most messages in all runs
 * @param perRun most messages in a run
 * @param perDay most messages in a day
 * @param safety a run that more people qualify for is left out
 */
public record LimitsForm(
    boolean caps,
    String gap,
    String gapUnit,
    String overall,
    String perRun,
    String perDay,
    String safety) {

  /** What a browser sent. */
  static LimitsForm of(Map<String, String[]> sent) {
    return new LimitsForm(
        sent.containsKey("caps"),
        Parameters.text(sent, "gap").orElse(""),
        Parameters.text(sent, "gapUnit").orElse("days"),
        Parameters.text(sent, "overall").orElse(""),
        Parameters.text(sent, "perRun").orElse(""),
        Parameters.text(sent, "perDay").orElse(""),
        Parameters.text(sent, "safety").orElse(""));
  }

  /** The limits of a campaign that exists. */
  static LimitsForm of(Limits limits) {
    Duration gap = limits.gap();
    boolean days = gap != null && gap.equals(Duration.ofDays(gap.toDays()));
    boolean hours = gap != null && gap.equals(Duration.ofHours(gap.toHours()));
    return new LimitsForm(
        limits.caps(),
        gap == null
            ? ""
            : Long.toString(days ? gap.toDays() : hours ? gap.toHours() : gap.toMinutes()),
        gap == null || days ? "days" : hours ? "hours" : "minutes",
        written(limits.target().overall()),
        written(limits.target().perRun()),
        written(limits.target().perDay()),
        written(limits.safety()));
  }

  private static String written(@Nullable Integer limit) {
    return limit == null ? "" : limit.toString();
  }

  /** What bounds a run, as far as it can be read. */
  WizardPages.Bounds bounds() {
    return new WizardPages.Bounds(
        WizardPages.Bounds.lowest(read(overall), read(perRun), read(perDay)), read(safety));
  }

  private static @Nullable Integer read(String limit) {
    return limit.matches("[1-9]\\d{0,8}") ? Integer.valueOf(limit) : null;
  }

  void write(ObjectNode json) {
    json.put("caps", caps);
    if (!gap.isEmpty()) {
      json.put(
          "gap",
          switch (gapUnit) {
            case "minutes" -> "PT" + gap + "M";
            case "hours" -> "PT" + gap + "H";
            default -> "P" + gap + "D";
          });
    }
    ObjectNode target = json.putObject("target");
    put(target, "overall", overall);
    put(target, "perRun", perRun);
    put(target, "perDay", perDay);
    put(json, "safety", safety);
  }

  private static void put(ObjectNode json, String member, String text) {
    if (!text.isEmpty()) {
      StepForm.number(json, member, text);
    }
  }

  /** The field in which that was typed which a JSON pointer leads to. */
  static String field(String pointer) {
    String member = pointer.substring(pointer.lastIndexOf('/') + 1);
    return member.equals("limits") || member.equals("target") ? "gap" : member;
  }

  /** Whether anything is not as usual. */
  public boolean special() {
    return !equals(of(Limits.NONE));
  }
}
