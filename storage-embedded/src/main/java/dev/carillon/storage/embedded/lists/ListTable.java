package dev.carillon.storage.embedded.lists;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.audience.CustomList.Report;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StoreUnavailableException;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.audience.ListRows;
import dev.carillon.engine.profile.PhoneNumbers;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.ApplyLock;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Custom lists. A list is brought in beside the journal: its rows are staged, then matched with the
 * users and written in one transaction while the applier stands still, so no user can become
 * another one meanwhile. DuckDB forces the transaction to the disk before it returns.
 */
public final class ListTable {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** A name of so many characters is hardly in a text by chance. */
  private static final int TELLING = 6;

  private static final String LISTS =
      """
      SELECT l.*, (SELECT count(DISTINCT m.user_key) FROM list_member m WHERE m.list = l.id)
        AS people
      FROM custom_list l""";

  private final DuckDatabase database;
  private final ApplyLock applyLock;
  private final PhoneNumbers phones;

  public ListTable(DuckDatabase database, ApplyLock applyLock, PhoneNumbers phones) {
    this.database = database;
    this.applyLock = applyLock;
    this.phones = phones;
  }

  public CustomList create(ListOrder order, ListRows rows) throws IOException {
    return write(order, rows, null).orElseThrow();
  }

  public Optional<CustomList> replace(int id, ListOrder order, ListRows rows) throws IOException {
    return write(order, rows, id);
  }

  public Optional<CustomList> find(int id) {
    return database.read(session -> find(session, id));
  }

  public List<CustomList> all() {
    return database.read(
        session -> session.list(LISTS + " ORDER BY l.name_folded", ListTable::list));
  }

  public boolean delete(int id) {
    try (DuckSession session = database.session();
        ApplyLock.Hold hold = applyLock.hold()) {
      session.execute("BEGIN TRANSACTION");
      boolean there = session.update("DELETE FROM custom_list WHERE id = ?", id) > 0;
      session.update("DELETE FROM list_member WHERE list = ?", id);
      session.execute("COMMIT");
      hold.end();
      return there;
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the list could not be deleted", failed);
    }
  }

  /**
   * @param known the list whose members are replaced; null for a new one
   */
  private Optional<CustomList> write(ListOrder order, ListRows rows, @Nullable Integer known)
      throws IOException {
    try (DuckSession session = database.session()) {
      ListStaging staging = ListStaging.of(session, order.matchBy(), phones, rows);
      try (ApplyLock.Hold hold = applyLock.hold()) {
        session.execute("BEGIN TRANSACTION");
        Optional<CustomList> list = write(session, order, staging, known);
        session.execute("COMMIT");
        hold.end();
        return list;
      }
    } catch (SQLException failed) {
      throw new StoreUnavailableException("the list could not be kept", failed);
    }
  }

  private static Optional<CustomList> write(
      DuckSession session, ListOrder order, ListStaging staging, @Nullable Integer known)
      throws SQLException {
    if (known != null && find(session, known).isEmpty()) {
      return Optional.empty();
    }
    int id = known == null ? fresh(session, order) : known;
    Report report = staging.match(session);
    session.update("DELETE FROM list_member WHERE list = ?", id);
    session.update("INSERT INTO list_member SELECT ?, user_key FROM stage_member", id);
    session.update(
        """
        UPDATE custom_list SET version = version + 1, match_by = ?, report = ?, changed_at = ?
        WHERE id = ?""",
        order.matchBy().key(),
        JSON.writeValueAsString(report),
        order.at(),
        id);
    return find(session, id);
  }

  private static int fresh(DuckSession session, ListOrder order) throws SQLException {
    String folded = folded(order.name());
    if (session.number("SELECT count(*) FROM custom_list WHERE name_folded = ?", folded) > 0) {
      throw new NameTakenException(order.name());
    }
    int id = (int) session.number("SELECT nextval('custom_list_id')");
    session.update(
        "INSERT INTO custom_list VALUES (?, 0, ?, ?, ?, '', ?, ?, ?)",
        id,
        order.name(),
        folded,
        order.matchBy().key(),
        order.by(),
        order.at(),
        order.at());
    return id;
  }

  /**
   * Takes a deleted user from all lists, and from the reports on their files. For the applier's
   * thread, in its transaction.
   *
   * @param names what a line of a file may have named him by
   */
  public static void forget(DuckSession session, long userKey, Set<String> names)
      throws SQLException {
    session.update("DELETE FROM list_member WHERE user_key = ?", userKey);
    Map<Integer, Report> reports = new HashMap<>();
    session.each(
        "SELECT id, report FROM custom_list WHERE report <> ''",
        row -> reports.put(row.getInt(1), JSON.readValue(row.getString(2), Report.class)));
    for (Map.Entry<Integer, Report> entry : reports.entrySet()) {
      Report without = without(entry.getValue(), names);
      if (!without.equals(entry.getValue())) {
        session.update(
            "UPDATE custom_list SET report = ? WHERE id = ?",
            JSON.writeValueAsString(without),
            entry.getKey());
      }
    }
  }

  private static Report without(Report report, Set<String> names) {
    return new Report(
        report.rows(),
        report.matched(),
        report.duplicates(),
        report.unknown(),
        report.unknownFirst().stream().filter(line -> !names(line, names)).toList(),
        report.malformed(),
        report.malformedFirst().stream().filter(line -> !names(line, names)).toList());
  }

  /** Short names are in many texts by chance, so the whole text must be one of these. */
  private static boolean names(CustomList.Line line, Set<String> names) {
    String text = line.text().strip().toLowerCase(Locale.ROOT);
    String digits = text.replaceAll("[^0-9]", "");
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(
            name ->
                text.equals(name)
                    || digits.equals(name)
                    || (name.length() >= TELLING && text.contains(name)));
  }

  private static Optional<CustomList> find(DuckSession session, int id) throws SQLException {
    return session.first(LISTS + " WHERE l.id = ?", ListTable::list, id);
  }

  private static CustomList list(ResultSet row) throws SQLException {
    return new CustomList(
        row.getInt("id"),
        row.getInt("version"),
        row.getString("name"),
        MatchBy.ofKey(Objects.requireNonNull(row.getString("match_by"))).orElseThrow(),
        row.getLong("people"),
        JSON.readValue(row.getString("report"), Report.class),
        row.getString("created_by"),
        DuckSession.instant(row, "created_at"),
        DuckSession.instant(row, "changed_at"));
  }

  private static String folded(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }
}
