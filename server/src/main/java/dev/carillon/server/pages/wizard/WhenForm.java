package dev.carillon.server.pages.wizard;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.campaign.CampaignDefinition;
import dev.carillon.core.campaign.Delivery;
import dev.carillon.core.campaign.Recurrence;
import dev.carillon.core.campaign.When;
import dev.carillon.server.pages.frame.Parameters;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * When a campaign is sent, as its step has it.
 *
 * @param when now, at, dates or recurring
 * @param at local date and time, for at
 * @param dates local dates and times, for dates; empty ones do not count
 * @param rhythm for recurring
 * @param delivery how a run's messages are sent
 */
public record WhenForm(
    String when, String at, List<String> dates, RhythmForm rhythm, DeliveryForm delivery)
    implements StepForm {
  private static final int MOST_DATES = 100;

  /**
   * The days of a recurring campaign.
   *
   * @param every day, week or month
   * @param weekdays such as MON
   * @param days of the month, separated by commas
   * @param end never, until or runs
   */
  public record RhythmForm(
      String every,
      List<String> weekdays,
      String days,
      String time,
      String from,
      String end,
      String until,
      String runs) {
    static final RhythmForm EMPTY =
        new RhythmForm("week", List.of("MON"), "1", "10:00", "", "never", "", "");

    static RhythmForm of(Map<String, String[]> sent) {
      return new RhythmForm(
          text(sent, "every", "week"),
          List.of(sent.getOrDefault("weekday", new String[0])),
          text(sent, "days", ""),
          text(sent, "time", ""),
          text(sent, "from", ""),
          text(sent, "end", "never"),
          text(sent, "until", ""),
          text(sent, "runs", ""));
    }

    static RhythmForm of(When.Recurring recurring) {
      List<String> weekdays =
          recurring.rhythm() instanceof Recurrence.Weekly(List<DayOfWeek> days)
              ? days.stream().map(RhythmForm::key).toList()
              : EMPTY.weekdays();
      String monthly =
          recurring.rhythm() instanceof Recurrence.Monthly(List<Integer> days)
              ? days.stream().map(String::valueOf).collect(Collectors.joining(", "))
              : EMPTY.days();
      return new RhythmForm(
          switch (recurring.rhythm()) {
            case Recurrence.Daily() -> "day";
            case Recurrence.Weekly _ -> "week";
            case Recurrence.Monthly _ -> "month";
          },
          weekdays,
          monthly,
          recurring.at().toString(),
          written(recurring.from()),
          recurring.until() != null ? "until" : recurring.runs() != null ? "runs" : "never",
          written(recurring.until()),
          written(recurring.runs()));
    }

    /** The name of a day of the week in the form. */
    public static String key(DayOfWeek day) {
      return day.name().substring(0, 3);
    }

    private void write(ObjectNode json) {
      json.put("type", "recurring").put("every", every);
      if (every.equals("week")) {
        ArrayNode on = json.putArray("on");
        weekdays.forEach(on::add);
      } else if (every.equals("month")) {
        ArrayNode on = json.putArray("on");
        for (String day : days.split("[,\\s]+", -1)) {
          if (day.matches("\\d{1,9}")) {
            on.add(Integer.parseInt(day));
          } else if (!day.isEmpty()) {
            on.add(day);
          }
        }
      }
      json.put("at", time);
      if (!from.isEmpty()) {
        json.put("from", from);
      }
      if (end.equals("until")) {
        json.put("until", until);
      } else if (end.equals("runs")) {
        StepForm.number(json, "runs", runs);
      }
    }

    private void empty(Map<String, String> empty) {
      if (every.equals("week") && weekdays.isEmpty()) {
        empty.put("weekday", "Choose one day of the week at least.");
      }
      if (every.equals("month") && days.isBlank()) {
        empty.put("days", "Give one day of the month at least, such as 1 or 15.");
      }
      if (time.isEmpty()) {
        empty.put("time", "Choose the time of day.");
      }
      if (end.equals("until") && until.isEmpty()) {
        empty.put("until", "Choose the last day, or another end.");
      }
      if (end.equals("runs") && runs.isEmpty()) {
        empty.put("runs", "Say how many times, or choose another end.");
      }
    }
  }

  /**
   * How a run's messages are sent.
   *
   * @param zone account or user
   * @param passed drop or nextDay, for users' own clocks
   * @param quiet account, none or own
   * @param then delay or discard, for its own quiet hours
   * @param cutOff local time of day; empty for none
   * @param throttle messages in five minutes; empty for none
   * @param grace minutes that a run may be late
   */
  public record DeliveryForm(
      String zone,
      String passed,
      String quiet,
      String quietFrom,
      String quietTo,
      String then,
      String cutOff,
      String throttle,
      String grace) {

    static DeliveryForm of(Map<String, String[]> sent) {
      return new DeliveryForm(
          text(sent, "zone", "account"),
          text(sent, "passed", "drop"),
          text(sent, "quiet", "account"),
          text(sent, "quietFrom", ""),
          text(sent, "quietTo", ""),
          text(sent, "then-quiet", "delay"),
          text(sent, "cutOff", ""),
          text(sent, "throttle", ""),
          text(sent, "grace", ""));
    }

    static DeliveryForm of(Delivery delivery) {
      QuietHours own =
          delivery.quiet() instanceof Delivery.Quiet.Own(QuietHours hours) ? hours : null;
      return new DeliveryForm(
          delivery.clock() == Delivery.Clock.USER ? "user" : "account",
          delivery.passed() == Delivery.Passed.NEXT_DAY ? "nextDay" : "drop",
          switch (delivery.quiet()) {
            case Delivery.Quiet.OfAccount() -> "account";
            case Delivery.Quiet.None() -> "none";
            case Delivery.Quiet.Own _ -> "own";
          },
          own == null ? "22:00" : own.from().toString(),
          own == null ? "08:00" : own.to().toString(),
          own != null && own.then() == QuietHours.Then.DISCARD ? "discard" : "delay",
          written(delivery.cutOff()),
          delivery.throttle() == null ? "" : Integer.toString(delivery.throttle().messages()),
          Long.toString(delivery.grace().toMinutes()));
    }

    private ObjectNode json() {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("zone", zone).put("passed", passed);
      if (quiet.equals("own")) {
        json.putObject("quietHours").put("from", quietFrom).put("to", quietTo).put("then", then);
      } else {
        json.put("quietHours", quiet);
      }
      if (!cutOff.isEmpty()) {
        json.put("cutOff", cutOff);
      }
      if (!throttle.isEmpty()) {
        StepForm.number(json.putObject("throttle"), "messagesPer5Minutes", throttle);
      }
      if (!grace.isEmpty()) {
        StepForm.number(json, "graceMinutes", grace);
      }
      return json;
    }
  }

  /** What a browser sent. */
  static WhenForm of(Map<String, String[]> sent) {
    return new WhenForm(
        text(sent, "when", "now"),
        text(sent, "at", ""),
        Arrays.stream(sent.getOrDefault("date", new String[0]))
            .map(String::strip)
            .filter(date -> !date.isEmpty())
            .limit(MOST_DATES + 1L)
            .toList(),
        RhythmForm.of(sent),
        DeliveryForm.of(sent));
  }

  /** The step of a campaign that exists. */
  static WhenForm of(CampaignDefinition definition) {
    When when = definition.when();
    return new WhenForm(
        switch (when) {
          case null -> "now";
          case When.Now() -> "now";
          case When.At _ -> "at";
          case When.Dates _ -> "dates";
          case When.Recurring _ -> "recurring";
        },
        when instanceof When.At at ? written(at) : "",
        when instanceof When.Dates(var times)
            ? times.stream().map(WhenForm::written).toList()
            : List.of(),
        when instanceof When.Recurring recurring ? RhythmForm.of(recurring) : RhythmForm.EMPTY,
        DeliveryForm.of(definition.delivery()));
  }

  private static String written(When.At at) {
    return at.offset() == null ? at.time().toString() : at.time().toString() + at.offset();
  }

  private static String written(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String text(Map<String, String[]> sent, String name, String otherwise) {
    return Parameters.text(sent, name).orElse(otherwise);
  }

  @Override
  public ObjectNode changes(CampaignDefinition before) {
    ObjectNode changes = JsonNodeFactory.instance.objectNode();
    ObjectNode plan = changes.putObject("when");
    switch (when) {
      case "at" -> plan.put("type", "at").put("at", at);
      case "dates" -> {
        ArrayNode list = plan.put("type", "dates").putArray("at");
        dates.forEach(list::add);
      }
      case "recurring" -> rhythm.write(plan);
      default -> plan.put("type", "now");
    }
    changes.set("delivery", delivery.json());
    return changes;
  }

  @Override
  public Map<String, String> empty() {
    Map<String, String> empty = new LinkedHashMap<>();
    if (when.equals("at") && at.isEmpty()) {
      empty.put("at", "Choose a date and a time.");
    }
    if (when.equals("dates") && dates.isEmpty()) {
      empty.put("date-0", "Choose one date and time at least.");
    }
    if (when.equals("recurring")) {
      rhythm.empty(empty);
    }
    if (delivery.quiet().equals("own")
        && (delivery.quietFrom().isEmpty() || delivery.quietTo().isEmpty())) {
      empty.put("quiet", "Say from when to when.");
    }
    return empty;
  }

  @Override
  public String field(String pointer) {
    String[] parts = pointer.split("/", -1);
    String member = parts.length > 2 ? parts[2] : "";
    if (parts.length > 1 && parts[1].equals("delivery")) {
      return switch (member) {
        case "quietHours" -> "quiet";
        case "graceMinutes" -> "grace";
        default -> member.isEmpty() ? "zone" : member;
      };
    }
    return switch (member) {
      case "on" -> rhythm.every().equals("month") ? "days" : "weekday";
      case "until", "runs", "from" -> member;
      case "at" ->
          switch (when) {
            case "dates" -> parts.length > 3 ? "date-" + parts[3] : "date-0";
            case "recurring" -> "time";
            default -> "at";
          };
      default -> when.equals("recurring") ? "until" : "at";
    };
  }
}
