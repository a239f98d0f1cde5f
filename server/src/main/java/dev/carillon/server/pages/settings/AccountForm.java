package dev.carillon.server.pages.settings;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.engine.definition.SettingsReader;
import dev.carillon.engine.definition.json.Problem;
import dev.carillon.engine.definition.json.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The account's settings as their form has them, all as text as it was typed.
 *
 * @param quiet none or hours
 * @param from when quiet hours begin, for hours
 * @param to when they end, for hours
 * @param then delay or discard, for hours
 * @param caps rows of frequency caps; those without a number of messages are empty
 * @param systemControl percent of all users held out
 * @param country of phone numbers without one; empty for none
 */
public record AccountForm(
    String zone,
    String weekStart,
    String currency,
    String quiet,
    String from,
    String to,
    String then,
    List<CapRow> caps,
    String systemControl,
    String country) {
  private static final int MOST_ROWS = 20;
  private static final int EMPTY_ROWS = 2;
  private static final Pattern CAP = Pattern.compile("/caps/(\\d+)(?:/.*)?");

  /**
   * One frequency cap.
   *
   * @param unit days, hours or minutes
   */
  public record CapRow(String channel, String messages, String length, String unit) {
    static final CapRow EMPTY = new CapRow("whatsapp", "", "", "days");

    boolean empty() {
      return messages.isEmpty() && length.isEmpty();
    }

    private static CapRow of(FrequencyCap cap) {
      Duration within = cap.within();
      long minutes = within.toMinutes();
      String unit = minutes % 1_440 == 0 ? "days" : minutes % 60 == 0 ? "hours" : "minutes";
      long length =
          switch (unit) {
            case "days" -> within.toDays();
            case "hours" -> within.toHours();
            default -> minutes;
          };
      return new CapRow(
          cap.channel().key(), Integer.toString(cap.messages()), Long.toString(length), unit);
    }
  }

  /** The form of settings that hold. */
  static AccountForm of(AccountSettings settings) {
    QuietHours quiet = settings.quietHours();
    List<CapRow> rows = new ArrayList<>(settings.caps().stream().map(CapRow::of).toList());
    return new AccountForm(
        settings.zone().getId(),
        settings.weekStart().name().toLowerCase(Locale.ROOT),
        settings.currency(),
        quiet == null ? "none" : "hours",
        quiet == null ? "22:00" : quiet.from().toString(),
        quiet == null ? "08:00" : quiet.to().toString(),
        quiet == null ? QuietHours.Then.DELAY.key() : quiet.then().key(),
        withEmptyRows(rows),
        Integer.toString(settings.systemControlGroup().percent()),
        settings.country() == null ? "" : settings.country());
  }

  /** What a browser sent. */
  static AccountForm of(Map<String, String[]> sent) {
    List<CapRow> rows = new ArrayList<>();
    int count = Math.min(sent.getOrDefault("capMessages", new String[0]).length, MOST_ROWS);
    for (int i = 0; i < count; i++) {
      CapRow row =
          new CapRow(
              at(sent, "capChannel", i),
              at(sent, "capMessages", i),
              at(sent, "capLength", i),
              at(sent, "capUnit", i));
      if (!row.empty()) {
        rows.add(row);
      }
    }
    return new AccountForm(
        at(sent, "zone", 0),
        at(sent, "weekStart", 0),
        at(sent, "currency", 0).toUpperCase(Locale.ROOT),
        at(sent, "quiet", 0),
        at(sent, "from", 0),
        at(sent, "to", 0),
        at(sent, "then", 0),
        withEmptyRows(rows),
        at(sent, "systemControl", 0),
        at(sent, "country", 0).toUpperCase(Locale.ROOT));
  }

  private static List<CapRow> withEmptyRows(List<CapRow> rows) {
    for (int i = 0; i < EMPTY_ROWS && rows.size() < MOST_ROWS; i++) {
      rows.add(CapRow.EMPTY);
    }
    return List.copyOf(rows);
  }

  private static String at(Map<String, String[]> sent, String name, int index) {
    String[] values = sent.get(name);
    return values == null || values.length <= index ? "" : values[index].strip();
  }

  /**
   * @param settings what was understood; null when there is a problem
   * @param problems words by field; those of the caps' rows are cap0, cap1, ...
   */
  record Read(@Nullable AccountSettings settings, Map<String, String> problems) {}

  /** What the fields mean. */
  Read read() {
    Map<String, String> problems = new LinkedHashMap<>();
    return switch (SettingsReader.read(json())) {
      case Reading.Understood<AccountSettings>(AccountSettings settings) ->
          new Read(settings, problems);
      case Reading.Refused<AccountSettings>(List<Problem> wrong) -> {
        wrong.forEach(problem -> problems.putIfAbsent(field(problem.pointer()), words(problem)));
        yield new Read(null, problems);
      }
    };
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("zone", zone).put("weekStart", weekStart).put("currency", currency);
    if (quiet.equals("hours")) {
      json.putObject("quietHours").put("from", from).put("to", to).put("then", then);
    }
    ArrayNode list = json.putArray("caps");
    for (CapRow row : caps) {
      if (!row.empty()) {
        ObjectNode cap = list.addObject().put("channel", row.channel());
        number(cap, "messages", row.messages());
        cap.put("within", within(row));
      }
    }
    number(json.putObject("systemControlGroup"), "percent", systemControl);
    if (!country.isEmpty()) {
      json.put("country", country);
    }
    return json;
  }

  private static void number(ObjectNode json, String name, String typed) {
    try {
      json.put(name, Long.parseLong(typed));
    } catch (NumberFormatException noNumber) {
      json.put(name, typed);
    }
  }

  private static String within(CapRow row) {
    return switch (row.unit()) {
      case "hours" -> "PT" + row.length() + "H";
      case "minutes" -> "PT" + row.length() + "M";
      default -> "P" + row.length() + "D";
    };
  }

  private static String field(String pointer) {
    Matcher cap = CAP.matcher(pointer);
    if (cap.matches()) {
      return "cap" + cap.group(1);
    }
    return switch (pointer) {
      case "/quietHours/from", "/quietHours/to", "/quietHours/then" -> "quiet";
      case "/systemControlGroup/percent" -> "systemControl";
      default -> pointer.substring(1);
    };
  }

  private static String words(Problem problem) {
    String pointer = problem.pointer();
    if (pointer.endsWith("/within")) {
      return "A cap looks back over 15 minutes to 90 days; write how many.";
    }
    if (pointer.endsWith("/messages")) {
      return "Write how many messages, from 1 to 1,000.";
    }
    String words = problem.words();
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }
}
