package dev.carillon.channels.support.settings;

import dev.carillon.engine.consent.OptOutWords;
import dev.carillon.engine.provider.Connection;
import dev.carillon.engine.provider.Provider.Field;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A setting or secret of a connection: how a form shows it, what may be in it, and what it means.
 * White space around a value does not count, and a blank one is none.
 */
public final class Setting<T> {
  private static final Pattern FLAG = Pattern.compile("(?i)true|false");
  private static final Pattern PATH_PART = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private final Field field;
  private final Check check;
  private final Function<String, T> reader;

  /** Judges a value that is there. */
  @FunctionalInterface
  public interface Check {
    /** What is wrong with it and what to do, in words; empty when nothing is. */
    Optional<String> problem(String value, Connection connection);
  }

  /**
   * @param reader reads values in which the check finds nothing wrong
   */
  public Setting(Field field, Check check, Function<String, T> reader) {
    this.field = field;
    this.check = check;
    this.reader = reader;
  }

  /** Any text. */
  public static Setting<String> text(Field field) {
    return new Setting<>(field, (_, _) -> Optional.empty(), text -> text);
  }

  /**
   * @param words what is wrong with a text that does not match
   */
  public static Setting<String> text(Field field, Pattern form, String words) {
    return new Setting<>(
        field,
        (text, _) -> form.matcher(text).matches() ? Optional.empty() : Optional.of(words),
        text -> text);
  }

  /** An id that becomes a part of an address's path. */
  public static Setting<String> pathPart(Field field) {
    return text(field, PATH_PART, "Only letters, digits, dots and dashes can be in it.");
  }

  /** A token, which becomes a header: characters that can be seen, without spaces. */
  public static Setting<String> token(Field field) {
    return text(field, VISIBLE, "It has characters that no such secret has. Copy it once more.");
  }

  /** A number within bounds, both included. */
  public static Setting<Double> number(Field field, double least, double most) {
    String words = "It must be a number from %s to %s.".formatted(plain(least), plain(most));
    return new Setting<>(
        field,
        (text, _) ->
            parsed(text).filter(value -> value >= least && value <= most).isPresent()
                ? Optional.empty()
                : Optional.of(words),
        text -> parsed(text).orElseThrow());
  }

  /** True or false. */
  public static Setting<Boolean> flag(Field field) {
    return new Setting<>(
        field,
        (text, _) ->
            FLAG.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("It must be true or false."),
        "true"::equalsIgnoreCase);
  }

  /** The connection's own words that unsubscribe their sender. */
  public static Setting<String> stopWords() {
    return new Setting<>(
        Field.optional(
            OptOutWords.SETTING,
            "More stop words",
            "Words besides STOP that unsubscribe their sender, separated by commas."),
        (text, _) ->
            OptOutWords.unusable(text).map(word -> "A stop word needs letters or digits: " + word),
        text -> text);
  }

  /** How long to wait for the answer to a call, in seconds. */
  public static Setting<Double> timeLimit() {
    return number(
        Field.optional("timeoutSeconds", "Time limit", "Seconds to wait for the answer to a call.")
            .initially("30"),
        1,
        300);
  }

  /**
   * What the connection may send.
   *
   * @param help one sentence on what the provider allows
   * @param initial a number as text
   */
  public static Setting<Double> messagesPerSecond(String help, String initial) {
    return number(
        Field.optional("messagesPerSecond", "Messages per second", help).initially(initial),
        0.01,
        100_000);
  }

  public Field field() {
    return field;
  }

  /** The value as it was given; empty when there is none. */
  public Optional<String> given(Connection connection) {
    Optional<String> value =
        field.secret() ? connection.secret(field.name()) : connection.text(field.name());
    return value.map(String::strip).filter(text -> !text.isEmpty());
  }

  /** What is wrong; empty when nothing is. */
  Optional<String> problem(Connection connection) {
    Optional<String> given = given(connection);
    if (given.isEmpty()) {
      return field.required()
          ? Optional.of(field.label() + " is missing. " + field.help())
          : Optional.empty();
    }
    return given.flatMap(text -> check.problem(text, connection));
  }

  /** What applies: a value that is given and right, else the initial one; empty without either. */
  public Optional<T> find(Connection connection) {
    return given(connection)
        .filter(text -> check.problem(text, connection).isEmpty())
        .or(() -> Optional.ofNullable(field.initial()))
        .map(reader);
  }

  /**
   * What applies.
   *
   * @throws java.util.NoSuchElementException when nothing does
   */
  public T of(Connection connection) {
    return find(connection).orElseThrow();
  }

  private static Optional<Double> parsed(String text) {
    try {
      return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
