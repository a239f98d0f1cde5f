package dev.carillon.engine.port.campaign;

import java.util.List;

/** Ways of looking at a list that people keep under names, each for themselves. */
public interface SavedViewStore {

  /** The views of a login, by name without regard to case. */
  List<SavedView> savedViews(String login);

  /** Keeps a view, in place of the one of the same name. */
  void putSavedView(String login, SavedView view);

  /** Forgets a view; nothing happens when there is none. */
  void deleteSavedView(String login, String name);
}
