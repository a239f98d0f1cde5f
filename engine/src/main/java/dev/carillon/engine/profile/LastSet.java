package dev.carillon.engine.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The value that a property was set to last, and which bodies spoke of it at that time. The turn
 * decides; of a consent, of which several bodies speak at one time, a no of one of them. Not
 * thread-safe.
 */
final class LastSet {

  /** What a body said of a consent at the last time: its last word. */
  record Word(Turn turn, @Nullable JsonNode value) {
    private static final Comparator<Word> BY_TURN = Comparator.comparing(Word::turn);
    private static final Comparator<Word> BY_WEIGHT =
        Comparator.comparing(Word::isNo).thenComparing(BY_TURN);

    boolean isNo() {
      return value != null && value.isBoolean() && !value.booleanValue();
    }
  }

  private final boolean consent;
  private Turn turn = Turn.NEVER;
  private @Nullable JsonNode value;
  private final Bodies bodies = new Bodies();

  /** By body; empty unless it is a consent. */
  private final List<Word> words = new ArrayList<>();

  LastSet(boolean consent) {
    this.consent = consent;
  }

  LastSet copy() {
    LastSet copy = new LastSet(consent);
    copy.take(this);
    return copy;
  }

  /** When the value was set; {@link Turn#NEVER} when none ever was. */
  Turn turn() {
    return turn;
  }

  /** The value; null when there is none. */
  @Nullable JsonNode value() {
    return value;
  }

  /** The bodies that spoke at the time of the value. */
  Bodies bodies() {
    return bodies;
  }

  /** The words of the bodies that spoke of a consent at that time. */
  List<Word> words() {
    return words;
  }

  /** Whether this value is the one that counts, where it was said at that turn. */
  boolean set(Turn said, @Nullable JsonNode to) {
    if (said.at() < turn.at()) {
      return false;
    }
    boolean later = said.at() > turn.at();
    if (later) {
      bodies.forget();
      words.clear();
    }
    bodies.hear(said);
    if (consent) {
      say(new Word(said, to));
      Word counts = words.stream().max(Word.BY_WEIGHT).orElseThrow();
      return become(counts.turn(), counts.value());
    }
    int order = said.compareTo(turn);
    return (later || order > 0 || (order == 0 && compare(to, value) > 0)) && become(said, to);
  }

  private boolean become(Turn said, @Nullable JsonNode to) {
    boolean changed = !said.equals(turn) || compare(to, value) != 0;
    turn = said;
    value = to;
    return changed;
  }

  private void say(Word word) {
    Word before = null;
    for (Word one : words) {
      if (one.turn().body() == word.turn().body()) {
        before = one;
      }
    }
    if (before == null) {
      words.add(word);
    } else if (after(word, before)) {
      words.set(words.indexOf(before), word);
    }
    if (words.size() > Bodies.KEPT) {
      words.remove(words.stream().min(Word.BY_WEIGHT).orElseThrow());
    }
  }

  /** Of what was said at one turn, which happens where bodies are not known, a no stays. */
  private static boolean after(Word word, Word before) {
    int order = word.turn().compareTo(before.turn());
    return order > 0 || (order == 0 && word.isNo());
  }

  /** Puts the value in its place that an operator makes of it. */
  void fold(@Nullable JsonNode folded) {
    value = folded;
  }

  /** Becomes as the other is. */
  void take(LastSet other) {
    turn = other.turn;
    value = other.value;
    bodies.forget();
    bodies.hearAll(other.bodies);
    List<Word> taken = List.copyOf(other.words);
    words.clear();
    words.addAll(taken);
  }

  /** Adds the bodies that another value of the same time knows. */
  void hearAll(Bodies others, Collection<Word> theirs) {
    bodies.hearAll(others);
    theirs.forEach(this::say);
    words.stream().max(Word.BY_WEIGHT).ifPresent(counts -> become(counts.turn(), counts.value()));
  }

  static int compare(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return Boolean.compare(one != null, other != null);
    }
    return one.toString().compareTo(other.toString());
  }

  /** As it was kept. */
  static LastSet of(
      boolean consent,
      Turn turn,
      @Nullable JsonNode value,
      Bodies others,
      Collection<Word> otherWords) {
    LastSet last = new LastSet(consent);
    last.turn = turn;
    last.value = value;
    last.bodies.hearAll(others);
    last.bodies.hear(turn);
    if (consent && !turn.equals(Turn.NEVER)) {
      last.words.add(new Word(turn, value));
      otherWords.forEach(last::say);
    }
    return last;
  }
}
