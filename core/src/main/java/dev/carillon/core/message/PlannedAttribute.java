package dev.carillon.core.message;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What planning settles of a message by which its numbers can be filtered and split. Its values are
 * text; spellings that differ in case alone are one value.
 */
public enum PlannedAttribute {
  /**
   * The variant: its number, from 0. A user held out has none, as he would have been drawn into
   * one.
   */
  VARIANT("variant", "variants", "Variant"),
  /** The operating system of the device. */
  OS("os", "os", "Operating system"),
  /** The model of the device. */
  DEVICE("device", "device", "Device model"),
  /** What serves the device, such as Android, iOS or web. */
  PLATFORM("platform", "platform", "Platform");

  /** The value that stands for the messages without one. */
  public static final String UNKNOWN = "unknown";

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final String key;
  private final String listKey;
  private final String title;

  PlannedAttribute(String key, String listKey, String title) {
    this.key = key;
    this.listKey = listKey;
    this.title = title;
  }

  /** The name in addresses and parameters. */
  public String key() {
    return key;
  }

  /** The name in JSON of the list with a row for each value. */
  public String listKey() {
    return listKey;
  }

  /** The name on pages. */
  public String title() {
    return title;
  }

  /** Sorts values, and takes those for one that differ in case alone. */
  public Comparator<String> order() {
    return this == VARIANT ? BY_NUMBER : String.CASE_INSENSITIVE_ORDER;
  }

  /** The value that a text names; empty when it cannot be one. */
  public Optional<String> value(String text) {
    String value = text.strip();
    boolean possible = this == VARIANT ? NUMBER.matcher(value).matches() : !value.isEmpty();
    return possible ? Optional.of(value) : Optional.empty();
  }
}
