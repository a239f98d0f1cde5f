package dev.carillon.engine.definition.json;

import java.util.List;
import java.util.function.Function;

/**
 * What came of reading a JSON document: a value, or everything that is wrong with it.
 *
 * @param <T> what is read
 */
public sealed interface Reading<T> {

  /** The document is sound. */
  record Understood<T>(T value) implements Reading<T> {}

  /**
   * The document is not taken.
   *
   * @param problems at least one, in the order of the document; at most {@link Problems#MOST}
   */
  record Refused<T>(List<Problem> problems) implements Reading<T> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }

  /** Goes on with the value, where there is one. */
  default <U> Reading<U> then(Function<? super T, Reading<U>> next) {
    return switch (this) {
      case Understood<T>(T value) -> next.apply(value);
      case Refused<T>(List<Problem> problems) -> new Refused<>(problems);
    };
  }

  /**
   * The value of a document that was written by this program.
   *
   * @throws IllegalStateException when it is not sound after all
   */
  default T orThrow() {
    return switch (this) {
      case Understood<T>(T value) -> value;
      case Refused<T>(List<Problem> problems) ->
          throw new IllegalStateException("a stored definition cannot be read: " + problems);
    };
  }
}
