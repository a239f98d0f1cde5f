package dev.carillon.server.pages.frame;

import java.util.List;

/** A part of the dashboard, as the navigation names it. */
public enum Section {
  OVERVIEW("Overview", "/", "home"),
  CAMPAIGNS("Campaigns", "/campaigns", "send"),
  SEGMENTS("Segments", "/segments", "filter"),
  PEOPLE("People", "/people", "people"),
  CONNECTIONS("Connections", "/connections", "plug"),
  SETTINGS("Settings", "/settings", "settings"),
  GLOSSARY("Glossary", "/glossary", "book"),
  /** Pages outside all sections, such as errors. */
  OUTSIDE("", "", "");

  private static final List<Section> SHOWN =
      List.of(OVERVIEW, CAMPAIGNS, SEGMENTS, PEOPLE, CONNECTIONS, SETTINGS, GLOSSARY);

  private final String title;
  private final String address;
  private final String icon;

  Section(String title, String address, String icon) {
    this.title = title;
    this.address = address;
    this.icon = icon;
  }

  public String title() {
    return title;
  }

  public String address() {
    return address;
  }

  public String icon() {
    return icon;
  }

  /** The parts that the navigation lists. */
  public static List<Section> format() {
    return SHOWN;
  }
}
