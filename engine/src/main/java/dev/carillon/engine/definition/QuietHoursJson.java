package dev.carillon.engine.definition;

import dev.carillon.core.account.QuietHours;
import dev.carillon.core.account.QuietHours.Then;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.definition.when.TimeReader;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes quiet hours, the account's and a campaign's own alike. */
final class QuietHoursJson {
  private static final List<String> THEN = Arrays.stream(Then.values()).map(Then::key).toList();

  private QuietHoursJson() {}

  static @Nullable QuietHours read(JsonPlace place) {
    if (!place.object("from", "to", "then")) {
      return null;
    }
    LocalTime from = TimeReader.time(place.member("from"));
    LocalTime to = TimeReader.time(place.member("to"));
    String then = place.member("then").oneOf(THEN);
    if (from == null || to == null || then == null) {
      return null;
    }
    return from.equals(to)
        ? place.member("to").no(Code.CONTRADICTION, "quiet hours must not end when they begin")
        : new QuietHours(from, to, Then.ofKey(then).orElseThrow());
  }

  /** Puts them into an object of their own. */
  static void write(ObjectNode json, QuietHours hours) {
    json.putObject("quietHours")
        .put("from", hours.from().toString())
        .put("to", hours.to().toString())
        .put("then", hours.then().key());
  }
}
