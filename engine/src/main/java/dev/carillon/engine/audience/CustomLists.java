package dev.carillon.engine.audience;

import dev.carillon.core.audience.CustomList;
import dev.carillon.core.audience.CustomList.MatchBy;
import dev.carillon.core.audience.Rule;
import dev.carillon.engine.port.audience.ListOrder;
import dev.carillon.engine.port.audience.ListStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people do with custom lists: bring one in, replace it, see who uses it, delete it. */
public final class CustomLists {
  /** The most bytes that a list's file may have, however it comes. */
  public static final long MOST_BYTES = 64L << 20;

  private static final int LONGEST_NAME = 200;

  private final ListStore store;
  private final Segments segments;
  private final InstantSource clock;

  public CustomLists(ListStore store, Segments segments, InstantSource clock) {
    this.store = store;
    this.segments = segments;
    this.clock = clock;
  }

  /**
   * How a file names users.
   *
   * @param matchBy what the column holds
   * @param column name from the header, or number from 1; null for the first
   * @param header whether the first line names the columns
   */
  public record Format(MatchBy matchBy, @Nullable String column, boolean header) {}

  /** All lists, by name. */
  public List<CustomList> all() {
    return store.lists();
  }

  public CustomList find(int id) {
    return store.list(id).orElseThrow(() -> new AudienceException.Unknown("list", id));
  }

  /**
   * Brings in a new list from CSV. When it returns, the list survives a crash.
   *
   * @throws AudienceException.Unreadable when the file or what was said of it cannot be read
   * @throws dev.carillon.engine.port.NameTakenException when another list has the name
   * @throws IOException when the file breaks off
   */
  public CustomList create(String name, Format format, InputStream csv, String by)
      throws IOException {
    String stripped = name.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_NAME) {
      throw new AudienceException.Unreadable("name", "A name has 1 to 200 characters.");
    }
    return store.createList(order(stripped, format, by), rows(format, csv));
  }

  /**
   * Puts the people of another file in the place of those who are on the list.
   *
   * @param confirmed whether the caller knows that launched campaigns will select by the new list
   */
  public CustomList replace(int id, Format format, InputStream csv, String by, boolean confirmed)
      throws IOException {
    CustomList before = find(id);
    Usage touched = new Usage(usage(id).upcoming(), List.of());
    if (!touched.isEmpty() && !confirmed) {
      throw AudienceException.InUse.unconfirmed("list", touched);
    }
    return store
        .replaceList(id, order(before.name(), format, by), rows(format, csv))
        .orElseThrow(() -> new AudienceException.Unknown("list", id));
  }

  /** Who uses the list. */
  public Usage usage(int id) {
    return segments.usage(new Rule.OnList(id));
  }

  /**
   * Deletes a list that nothing needs.
   *
   * @throws AudienceException.InUse when something does
   */
  public void delete(int id) {
    segments.deleteList(id);
  }

  private ListOrder order(String name, Format format, String by) {
    return new ListOrder(name, format.matchBy(), by, clock.instant());
  }

  private static CsvRows rows(Format format, InputStream csv) {
    return new CsvRows(csv, format.column(), format.header());
  }
}
