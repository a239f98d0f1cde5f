package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.SETTING;

import dev.carillon.core.account.AccountSettings;
import dev.carillon.engine.definition.SettingsReader;
import dev.carillon.engine.definition.SettingsWriter;
import dev.carillon.engine.port.StaleVersionException;
import dev.carillon.engine.port.account.KeptSettings;
import java.util.Optional;
import org.jooq.DSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The account's settings: one row, a document with its version. */
final class AccountRow {
  private static final String NAME = "account";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;

  AccountRow(Database database) {
    this.database = database;
  }

  Optional<KeptSettings> find() {
    return database.read(AccountRow::find);
  }

  KeptSettings first(AccountSettings settings) {
    return database.write(
        sql -> {
          sql.insertInto(SETTING)
              .set(SETTING.name, NAME)
              .set(SETTING.value, written(1, settings))
              .onConflict(SETTING.name)
              .doNothing()
              .execute();
          return find(sql).orElseThrow();
        });
  }

  KeptSettings change(int version, AccountSettings settings) {
    return database.write(
        sql -> {
          int present = find(sql).map(KeptSettings::version).orElse(0);
          if (present != version) {
            throw new StaleVersionException("the settings are at version " + present);
          }
          sql.update(SETTING)
              .set(SETTING.value, written(version + 1, settings))
              .where(SETTING.name.eq(NAME))
              .execute();
          return new KeptSettings(version + 1, settings);
        });
  }

  private static Optional<KeptSettings> find(DSLContext sql) {
    return sql.select(SETTING.value)
        .from(SETTING)
        .where(SETTING.name.eq(NAME))
        .fetchOptional(SETTING.value)
        .map(AccountRow::read);
  }

  private static KeptSettings read(String text) {
    JsonNode json = JSON.readTree(text);
    return new KeptSettings(
        json.required("version").intValue(),
        SettingsReader.read(json.required("settings")).orThrow());
  }

  private static String written(int version, AccountSettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.set("settings", SettingsWriter.write(settings));
    return json.toString();
  }
}
