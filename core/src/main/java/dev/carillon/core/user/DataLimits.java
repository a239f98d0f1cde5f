package dev.carillon.core.user;

/**
 * How much is taken of a user: one set of limits for every way in and for merging. Whatever is
 * within them can be read again. Bytes are those of JSON in UTF-8.
 */
public final class DataLimits {
  /** The most records of one request. */
  public static final int RECORDS = 1_000;

  /** Bytes of a record: all that CleverTap takes of one, 256 properties of 512 bytes each. */
  public static final int RECORD_BYTES = 128 << 10;

  /** Properties of a record. */
  public static final int PROPERTIES = 256;

  /** Characters of a property's name. */
  public static final int NAME_CHARACTERS = 120;

  /** Characters of a text, also of one within a list or an object. */
  public static final int TEXT_CHARACTERS = 8_192;

  /** Bytes of a property's value: a text of the longest kind fits in whatever spelling. */
  public static final int PROPERTY_BYTES = 64 << 10;

  /** Elements of a list, also of one within another value. */
  public static final int LIST_ELEMENTS = 1_000;

  /** How deep lists and objects lie in each other in a property's value. */
  public static final int DEPTH = 28;

  /** Characters of a number. */
  public static final int NUMBER_CHARACTERS = 64;

  /** Characters of an event's name. */
  public static final int EVENT_NAME_CHARACTERS = 512;

  /**
   * Bytes of a profile's properties, and once more so many of what merging must know of their past.
   */
  public static final int PROFILE_BYTES = 128 << 10;

  private DataLimits() {}
}
