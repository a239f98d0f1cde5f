package dev.carillon.testkit.store.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.engine.port.campaign.SavedView;
import dev.carillon.engine.port.campaign.SavedViewStore;
import dev.carillon.testkit.store.StoreKit;
import org.junit.jupiter.api.Test;

/** What every store of saved views must do. */
public interface SavedViewContract<S extends SavedViewStore> extends StoreKit<S> {

  @Test
  default void viewsAreKeptForEachLogin() {
    store().putSavedView("meera", new SavedView("drafts", "status=draft"));
    store().putSavedView("meera", new SavedView("Archive", "archived=true"));
    store().putSavedView("ravi", new SavedView("drafts", "q=x"));
    store().putSavedView("meera", new SavedView("drafts", "status=draft&q=y"));

    assertThat(another().savedViews("meera"))
        .containsExactly(
            new SavedView("Archive", "archived=true"), new SavedView("drafts", "status=draft&q=y"));
    store().deleteSavedView("meera", "drafts");
    store().deleteSavedView("meera", "none");
    assertThat(store().savedViews("meera")).hasSize(1);
    assertThat(store().savedViews("ravi")).hasSize(1);
    assertThat(store().savedViews("nobody")).isEmpty();
  }
}
