package dev.carillon.engine.port.audience;

import dev.carillon.core.audience.CustomList;
import dev.carillon.engine.port.NameTakenException;
import dev.carillon.engine.port.StoreUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lists of users that were brought in from outside. Members are the users that the rows named when
 * the list was brought in; users who are joined later keep their places.
 */
public interface ListStore {

  /**
   * Keeps a new list. When it returns, the list survives a crash; when it throws, nothing is kept.
   *
   * @throws NameTakenException when another list has the name, without regard to case
   * @throws IOException when the rows cannot be read
   * @throws StoreUnavailableException when the list could not be kept
   */
  CustomList createList(ListOrder order, ListRows rows) throws IOException;

  /**
   * Puts other members in the place of the list's, all at once; its name stays.
   *
   * @return the list as it is now; empty when there is none
   */
  Optional<CustomList> replaceList(int id, ListOrder order, ListRows rows) throws IOException;

  Optional<CustomList> list(int id);

  /** All lists, by name without regard to case. */
  List<CustomList> lists();

  /** Deletes the list and its members; false when there is none. */
  boolean deleteList(int id);
}
