package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.SAVED_VIEW;

import dev.carillon.engine.port.campaign.SavedView;
import java.util.Comparator;
import java.util.List;

/** Ways of looking at a list that people keep under names. */
final class SavedViews {
  private final Database database;

  SavedViews(Database database) {
    this.database = database;
  }

  List<SavedView> list(String login) {
    return database.read(
        sql ->
            sql.selectFrom(SAVED_VIEW).where(SAVED_VIEW.login.eq(login)).stream()
                .map(row -> new SavedView(row.get(SAVED_VIEW.name), row.get(SAVED_VIEW.query)))
                .sorted(Comparator.comparing(SavedView::name, String.CASE_INSENSITIVE_ORDER))
                .toList());
  }

  void put(String login, SavedView view) {
    database.write(
        sql ->
            sql.insertInto(SAVED_VIEW)
                .set(SAVED_VIEW.login, login)
                .set(SAVED_VIEW.name, view.name())
                .set(SAVED_VIEW.query, view.query())
                .onConflict(SAVED_VIEW.login, SAVED_VIEW.name)
                .doUpdate()
                .set(SAVED_VIEW.query, view.query())
                .execute());
  }

  void delete(String login, String name) {
    database.write(
        sql ->
            sql.deleteFrom(SAVED_VIEW)
                .where(SAVED_VIEW.login.eq(login), SAVED_VIEW.name.eq(name))
                .execute());
  }
}
