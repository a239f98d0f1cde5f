package dev.carillon.server.pages.frame;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every page needs beside its own content.
 *
 * @param title the page's title
 * @param section the part of the dashboard that it belongs to
 * @param assets addresses of styles and scripts
 * @param format how numbers and times are written for this reader
 * @param user name of the login; null when not logged in
 * @param mayChange whether the reader may make and change campaigns
 * @param mayConnect whether the reader may make and change connections
 * @param admin whether the reader may see to logins and keys
 * @param csrf what forms must send along; null when forms need nothing
 * @param theme light or dark, where the reader chose; null to follow the system
 * @param notice what was just done, to be shown once; null for nothing
 */
public record Frame(
    String title,
    Section section,
    Assets assets,
    DisplayFormat format,
    @Nullable String user,
    boolean mayChange,
    boolean mayConnect,
    boolean admin,
    @Nullable Csrf csrf,
    @Nullable String theme,
    @Nullable String notice) {

  /**
   * The secret that proves that a form came from one of our pages.
   *
   * @param parameter name of the form's hidden field
   */
  public record Csrf(String parameter, String token) {}

  /** The same frame at another moment. */
  Frame at(Instant now) {
    return new Frame(
        title,
        section,
        assets,
        new DisplayFormat(format.locale(), format.zone(), now),
        user,
        mayChange,
        mayConnect,
        admin,
        csrf,
        theme,
        notice);
  }

  /** The address of an icon. */
  public String icon(String name) {
    return assets.icon(name);
  }
}
