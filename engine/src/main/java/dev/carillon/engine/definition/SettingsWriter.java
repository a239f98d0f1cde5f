package dev.carillon.engine.definition;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.core.account.FrequencyCap;
import dev.carillon.core.account.QuietHours;
import dev.carillon.engine.definition.when.PeriodReader;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the account's settings as JSON that {@link SettingsReader} reads as the same. */
public final class SettingsWriter {
  private SettingsWriter() {}

  /** The settings as JSON, all members given. */
  public static ObjectNode write(AccountSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("zone", settings.zone().getId());
    json.put("weekStart", settings.weekStart().name().toLowerCase(Locale.ROOT));
    json.put("currency", settings.currency());
    QuietHours quiet = settings.quietHours();
    if (quiet == null) {
      json.putNull("quietHours");
    } else {
      QuietHoursJson.write(json, quiet);
    }
    ArrayNode caps = json.putArray("caps");
    for (FrequencyCap cap : settings.caps()) {
      caps.addObject()
          .put("channel", cap.channel().key())
          .put("messages", cap.messages())
          .put("within", PeriodReader.written(cap.within()));
    }
    json.putObject("systemControlGroup").put("percent", settings.systemControlGroup().percent());
    json.put("country", settings.country());
    return json;
  }
}
