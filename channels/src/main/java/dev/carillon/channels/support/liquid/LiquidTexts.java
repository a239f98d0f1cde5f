package dev.carillon.channels.support.liquid;

import dev.carillon.engine.provider.PersonalisationException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liqp.exceptions.LiquidException;
import org.jspecify.annotations.Nullable;

/**
 * Fills Liquid texts with a person's properties. A text is parsed once and kept. Each filling is
 * bounded in steps, repetitions and size; a value that is missing fails unless the text gives a
 * default. Thread-safe.
 */
public final class LiquidTexts {
  private static final int LONGEST_SOURCE = 16_384;
  private static final int MOST_KEPT = 2_000;

  /** A parsed text takes some twenty times as much memory as its characters. */
  private static final long MOST_CHARACTERS = 1_000_000;

  private static final Pattern LIBRARY_WORDS =
      Pattern.compile("(?s)(?:parser|lexer) error \"(.*)\" on line \\d+, index \\d+.*");

  /** The library's remarks on its grammar, which do not help authors of texts. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?s).*(?:no viable alternative|mismatched input|extraneous input|token recognition"
              + "|missing .* at ).*");

  private final Map<String, Parsed> parsed = new ConcurrentHashMap<>();
  private final AtomicLong characters = new AtomicLong();

  /**
   * What is wrong with a text, and where.
   *
   * @param line from 1
   * @param column from 1
   */
  public record Problem(int line, int column, String words) {}

  /** A text after parsing: either it can be filled or it has a problem. */
  private record Parsed(@Nullable CompiledText text, @Nullable Problem problem) {}

  /** The problem that keeps a text from being filled for anybody; empty when there is none. */
  public Optional<Problem> problem(String source) {
    return Optional.ofNullable(parse(source).problem());
  }

  /**
   * Fills a text.
   *
   * @param source Liquid
   * @throws PersonalisationException when the text is broken, lacks a value without a default, or
   *     goes beyond the bounds
   */
  public String fill(String source, LiquidPerson person) throws PersonalisationException {
    Parsed found = parse(source);
    if (found.text() == null) {
      throw new PersonalisationException(
          "the text is not valid Liquid"
              + (found.problem() == null ? "" : ": " + found.problem().words()));
    }
    return found.text().fill(person);
  }

  private Parsed parse(String source) {
    Parsed known = parsed.get(source);
    if (known != null) {
      return known;
    }
    Parsed fresh = compile(source);
    if (source.length() > LONGEST_SOURCE) {
      return fresh;
    }
    if (parsed.size() >= MOST_KEPT || characters.addAndGet(source.length()) > MOST_CHARACTERS) {
      parsed.clear();
      characters.set(source.length());
    }
    parsed.put(source, fresh);
    return fresh;
  }

  private static Parsed compile(String source) {
    if (source.length() > LONGEST_SOURCE) {
      return new Parsed(
          null, new Problem(1, 1, "the text is longer than " + LONGEST_SOURCE + " characters"));
    }
    try {
      return new Parsed(CompiledText.of(source), null);
    } catch (LiquidException e) {
      return new Parsed(null, new Problem(e.line, e.charPositionInLine + 1, words(e)));
    } catch (RuntimeException e) {
      return new Parsed(null, new Problem(1, 1, "the text is not valid Liquid"));
    } catch (StackOverflowError e) {
      return new Parsed(null, new Problem(1, 1, "the text is nested too deeply"));
    }
  }

  private static String words(LiquidException problem) {
    String message = String.valueOf(problem.getMessage());
    Matcher matcher = LIBRARY_WORDS.matcher(message);
    String words = matcher.matches() ? matcher.group(1) : message;
    return GRAMMAR.matcher(words).matches()
        ? "something is not closed or misspelt; look for a {{ without its }}, a {% without its %},"
            + " and quotes that do not end"
        : words;
  }
}
