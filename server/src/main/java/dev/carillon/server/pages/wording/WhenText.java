package dev.carillon.server.pages.wording;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.campaign.Campaign;
import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.When;
import dev.carillon.server.pages.frame.DisplayFormat;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When a campaign is sent, in plain words. */
public final class WhenText {
  private static final int SHOWN_DATES = 3;

  private WhenText() {}

  /** The plan and the status. */
  static String of(Campaign campaign, DisplayFormat format) {
    @Nullable When when = campaign.definition().when();
    String delivery = delivery(campaign.definition().delivery(), format);
    boolean own = campaign.definition().delivery().clock() == Delivery.Clock.USER;
    @Nullable Instant start = campaign.startsAt();
    if (start == null) {
      return (when == null ? "Not decided yet" : plan(when, own, format)) + delivery;
    }
    String standing = standing(campaign, start, format);
    return when != null && when.repeats()
        ? plan(when, own, format) + delivery + ". " + standing
        : standing + delivery;
  }

  private static String standing(Campaign campaign, Instant start, DisplayFormat format) {
    if (campaign.endedAt() != null) {
      boolean repeats =
          campaign.definition().when() != null && campaign.definition().when().repeats();
      String ended = format.moment(campaign.endedAt());
      return repeats ? "Ended " + ended : "Started " + format.moment(start) + ", ended " + ended;
    }
    if (campaign.status() == CampaignStatus.AWAITING_NEXT_RUN) {
      return "Next run " + format.moment(start);
    }
    return (start.isAfter(format.now()) ? "Starts " : "Started ") + format.moment(start);
  }

  /**
   * The plan alone.
   *
   * @param own whether it is meant by each user's own clock, so that no zone is to be named
   */
  public static String plan(When when, boolean own, DisplayFormat format) {
    return switch (when) {
      case When.Now() -> "As soon as it is launched";
      case When.At at -> "At " + moment(at, own, format);
      case When.Dates(List<When.At> times) -> dates(times, own, format);
      case When.Recurring recurring -> recurring(recurring, format);
    };
  }

  /** One of the times, with the zone unless each user's own clock counts. */
  public static String moment(When.At at, boolean own, DisplayFormat format) {
    Instant instant = at.instant(format.zone());
    return own ? format.local(instant) : format.moment(instant);
  }

  private static String dates(List<When.At> times, boolean own, DisplayFormat format) {
    String first =
        times.stream()
            .sorted(Comparator.comparing((When.At at) -> at.instant(format.zone())))
            .limit(SHOWN_DATES)
            .map(at -> moment(at, own, format))
            .collect(Collectors.joining(", "));
    int more = times.size() - SHOWN_DATES;
    return "At " + first + (more > 0 ? " and " + more + " more times" : "");
  }

  private static String recurring(When.Recurring recurring, DisplayFormat format) {
    StringBuilder words = new StringBuilder();
    words.append(
        switch (recurring.rhythm()) {
          case Recurrence.Daily() -> "Every day";
          case Recurrence.Weekly(var days) ->
              "Every "
                  + days.stream()
                      .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                      .collect(Collectors.joining(", "));
          case Recurrence.Monthly(List<Integer> days) ->
              "Every month on day "
                  + days.stream().map(String::valueOf).collect(Collectors.joining(", "));
        });
    words.append(" at ").append(recurring.at());
    if (recurring.from() != null) {
      words.append(", from ").append(format.day(recurring.from()));
    }
    if (recurring.until() != null) {
      words.append(", until ").append(format.day(recurring.until()));
    }
    if (recurring.runs() != null) {
      words.append(", ").append(recurring.runs()).append(recurring.runs() == 1 ? " run" : " runs");
    }
    return words.toString();
  }

  /** What is not as usual of the delivery. */
  public static String delivery(Delivery delivery, DisplayFormat format) {
    StringBuilder words = new StringBuilder();
    if (delivery.clock() == Delivery.Clock.USER) {
      words.append("; by each user's own clock");
      words.append(
          delivery.passed() == Delivery.Passed.NEXT_DAY
              ? ", the next day where the time has passed"
              : ", not at all where the time has passed");
    }
    switch (delivery.quiet()) {
      case Delivery.Quiet.OfAccount() -> {}
      case Delivery.Quiet.None() -> words.append("; at any hour");
      case Delivery.Quiet.Own(QuietHours(var from, var to, var then)) ->
          words
              .append(then == QuietHours.Then.DELAY ? "; held back " : "; discarded ")
              .append("from ")
              .append(from)
              .append(" to ")
              .append(to);
    }
    if (delivery.cutOff() != null) {
      words.append("; nothing after ").append(delivery.cutOff());
    }
    if (delivery.throttle() != null) {
      words
          .append("; at most ")
          .append(format.number(delivery.throttle().messages()))
          .append(" in 5 minutes");
    }
    return words.toString();
  }
}
