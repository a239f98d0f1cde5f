package dev.carillon.core.user;

/** The properties of a profile that say whether messages of a channel are welcome. */
public final class ConsentProperty {
  private static final String PREFIX = "MSG-";

  private ConsentProperty() {}

  /** Whether the property is one, such as {@code MSG-whatsapp}. */
  public static boolean is(String name) {
    return name.startsWith(PREFIX);
  }

  /** The property that says it for a channel's name. */
  public static String of(String channel) {
    return PREFIX + channel;
  }
}
