package dev.carillon.server.pages.wording;

import dev.carillon.core.campaign.Limits;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What keeps a campaign from sending too much, in plain words. */
public final class LimitText {
  private LimitText() {}

  /** All that is not as usual, as one phrase; empty when nothing is. */
  public static String of(Limits limits, DisplayFormat format) {
    List<String> phrases = new ArrayList<>();
    target(limits.target(), format).ifPresent(phrases::add);
    if (limits.gap() != null) {
      phrases.add("no one within " + DisplayFormat.length(limits.gap()) + " of the message before");
    }
    if (limits.safety() != null) {
      phrases.add(
          "no run for more than " + format.count(limits.safety().longValue(), "person", "people"));
    }
    if (!limits.caps()) {
      phrases.add("the account\u2019s frequency caps do not hold");
    }
    String words = String.join("; ", phrases);
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The most messages that may be sent; empty without such a limit. */
  public static Optional<String> target(Limits.Target target, DisplayFormat format) {
    List<String> caps = new ArrayList<>();
    if (target.overall() != null) {
      caps.add(format.number(target.overall().longValue()) + " in all");
    }
    if (target.perRun() != null) {
      caps.add(format.number(target.perRun().longValue()) + " in a run");
    }
    if (target.perDay() != null) {
      caps.add(format.number(target.perDay().longValue()) + " a day");
    }
    return caps.isEmpty()
        ? Optional.empty()
        : Optional.of("at most " + String.join(", ", caps) + ", drawn at random");
  }
}
